"""Reminders of what is unread: after five minutes, merged, at the reader's hours, never twice where nothing changed."""

from datetime import date, datetime, timedelta

import pytest

from kith.messaging.conversations import actions
from kith.messaging.conversations.models import Conversation, Member
from kith.messaging.conversations.nudging import nudge
from kith.messaging.deliveries.models import Delivery
from kith.people.persons.models import Person
from kith.people.ties.models import Tie
from tests.messaging.conversations import make
from tests.people.make import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan() -> Person:
    return make.colleague("Nguyễn Thị Lan", mailbox="")


@pytest.fixture
def hung() -> Person:
    return make.colleague("Lê Văn Hùng")


def after(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def told(person: Person) -> list[str]:
    rows = Delivery.objects.filter(person_id=person.pk).select_related("message").order_by("pk")
    return [row.message.title["en"] for row in rows]


def member(talk: Conversation, person: Person) -> Member:
    return Member.objects.select_related("conversation").get(conversation=talk, person=person)


def test_one_reminder_for_all_conversations_and_none_where_nothing_changed(lan: Person, hung: Person) -> None:
    two, group = make.direct(lan, hung), make.grouped(hung, lan)
    make.said(two, hung, "one")
    make.said(group, hung, "two")
    assert (nudge(at=after(4)), nudge(at=after(5)), nudge(at=after(6))) == (0, 1, 0)
    assert told(lan) == ["Unread messages: 2"]
    assert nudge(at=after(600)) == 0, "the same posts are never a second reminder"
    make.said(two, hung, "three", at=after(10))
    assert nudge(at=after(20)) == 0, "reminded already, and not read since"
    assert nudge(at=after(10 + 240)) == 1, "after four hours with something new"
    assert told(lan) == ["Unread messages: 2", "Unread messages: 2"]
    actions.mark_read(member=member(two, lan), seq=99)
    make.said(two, hung, "four", at=after(260))
    assert nudge(at=after(265)) == 1, "who has read since is told of what is new"
    assert told(hung) == []


def test_at_night_the_mail_waits_for_the_morning_and_who_has_none_finds_it_in_the_inbox(
    lan: Person, hung: Person
) -> None:
    night = AT.replace(hour=16)  # 23:00 in Vietnam
    two = make.direct(lan, hung, at=night)
    make.said(two, lan, "for you", at=night)
    make.said(make.grouped(hung, lan, at=night), hung, "for Lan", at=night)
    assert nudge(at=night + timedelta(minutes=5)) == 2
    assert Delivery.objects.get(person_id=hung.pk).hold_until == AT.replace(day=26, hour=0)
    assert Delivery.objects.get(person_id=lan.pk).reason == "inbox-only"


def test_who_muted_hears_of_mentions_or_of_nothing_and_who_left_of_nothing(lan: Person, hung: Person) -> None:
    group = make.grouped(hung, lan)
    actions.notify(member=member(group, lan), what="mentions")
    make.said(group, hung, "all")
    assert nudge(at=after(5)) == 0
    make.said(group, hung, "@Nguyễn Thị Lan please")
    assert nudge(at=after(5)) == 1
    actions.mark_read(member=member(group, lan), seq=99)
    actions.notify(member=member(group, lan), what="nothing")
    make.said(group, hung, "@Nguyễn Thị Lan again", at=after(10))
    assert nudge(at=after(20)) == 0
    actions.notify(member=member(group, lan), what="all")
    Tie.objects.filter(person=lan).update(until=date(2026, 11, 24))
    assert nudge(at=after(30)) == 0
