"""A person's own hours and channels: kept by the arbiter in the same statement, except where nobody may refuse."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.kernel.refusals import BadInput
from kith.messaging.consents.actions import Wish, set_reach
from kith.messaging.consents.models import Reach
from kith.messaging.deliveries import actions
from kith.messaging.deliveries.actions import NewMessage
from kith.messaging.deliveries.models import Channel, Delivery, MessageClass, Severity
from kith.people.persons.models import Person
from tests.messaging import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)  # 12:00 in Hà Nội


def sent(to: list[Person], at: datetime = NOON, **given: Any) -> dict[int, Delivery]:
    message = actions.send_message(
        message=NewMessage(title=make.BOTH, body=make.BOTH, **given), to=[person.pk for person in to], at=at
    )
    return {row.person_id: row for row in Delivery.objects.filter(message=message)}


def reached(person: Person, begins: int = 7, ends: int = 21, *, service: bool = True) -> Person:
    set_reach(person_id=person.pk, wish=Wish(day_begins=begins, day_ends=ends, service_by_mail=service))
    return person


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu"])
@pytest.mark.parametrize(("begins", "ends"), [(0, 24), (5, 9), (9, 17), (18, 24), (20, 24), (7, 21)])
def test_mail_waits_for_each_ones_own_hours_every_hour_of_two_days(zone: str, begins: int, ends: int) -> None:
    lan, minh = reached(people.person(zone=zone), begins, ends), people.person(zone=zone)
    for hours in range(0, 48, 2):
        at = datetime(2027, 3, 27, 12, 30, tzinfo=UTC) + timedelta(hours=hours)
        rows = sent([lan, minh], at)
        for person, (opens, closes) in ((lan, (begins, ends)), (minh, (7, 21))):
            local = at.astimezone(ZoneInfo(zone))
            expected = None
            if not opens <= local.hour < closes:
                day = local.date() + timedelta(days=1 if local.hour >= closes else 0)
                expected = datetime.combine(day, time(opens), tzinfo=ZoneInfo(zone)).astimezone(UTC)
            assert rows[person.pk].hold_until == expected, (zone, at, opens, closes)
            assert rows[person.pk].reason == ("hours" if expected else "direct")


def test_who_wants_no_mail_about_daily_work_gets_it_in_the_inbox_only() -> None:
    lan, minh = reached(people.person(), service=False), people.person()
    rows = sent([lan, minh], message_class=MessageClass.SERVICE)
    assert (rows[lan.pk].channel, rows[lan.pk].reason) == (Channel.INBOX, "chosen")
    assert (rows[minh.pk].channel, rows[minh.pk].reason) == (Channel.MAIL, "direct")


@pytest.mark.parametrize(
    "given",
    [
        {"message_class": MessageClass.SAFETY}, {"message_class": MessageClass.TRANSACTIONAL},
        {"message_class": MessageClass.SERVICE, "severity": Severity.URGENT},
        {"message_class": MessageClass.SERVICE, "needs_acknowledgement": True},
        {"message_class": MessageClass.SURVEY}, {"message_class": MessageClass.MARKETING},
    ],
)  # fmt: skip
def test_what_cannot_be_refused_and_what_was_not_refused_comes_by_mail(given: dict[str, Any]) -> None:
    lan = reached(people.employee(), service=False)
    assert sent([lan], **given)[lan.pk].channel == Channel.MAIL


@pytest.mark.parametrize(
    "given", [{"message_class": MessageClass.SAFETY}, {"message_class": MessageClass.SERVICE, "severity": Severity.URGENT},
              {"message_class": MessageClass.TRANSACTIONAL}],
)  # fmt: skip
def test_what_is_urgent_or_awaited_keeps_nobodys_hours(given: dict[str, Any]) -> None:
    lan = reached(people.person(), 18, 24)
    assert sent([lan], **given)[lan.pk].hold_until is None


def test_who_has_no_mailbox_is_told_that_first() -> None:
    lan = reached(people.person(mailbox=""), service=False)
    assert sent([lan])[lan.pk].reason == "inbox-only"


def test_while_nobody_chose_anything_the_statement_does_not_look_for_it() -> None:
    lan = people.person()
    with CaptureQueriesContext(connection) as asked:
        sent([lan])
    inserted = [each["sql"] for each in asked if each["sql"].startswith("INSERT INTO messaging_delivery")]
    assert len(inserted) == 1
    assert "messaging_reach" not in inserted[0]


@pytest.mark.parametrize(("begins", "ends"), [(9, 9), (12, 9), (9, 12), (-1, 20), (7, 25), (21, 24)])
def test_hours_that_leave_no_four_are_refused(begins: int, ends: int) -> None:
    with pytest.raises(BadInput):
        reached(people.person(), begins, ends)
    assert not Reach.objects.exists()
