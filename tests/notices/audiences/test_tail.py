from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.kernel.facts.telling import tell_all
from kith.kernel.refusals import NotFound, Refusal
from kith.kernel.texts import Text
from kith.messaging.deliveries.fanout import send_out
from kith.messaging.deliveries.models import Delivery, State, SupersededAcknowledgement
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.models import MailOut, MailState
from kith.notices.audiences.actions import expire, keep_up
from kith.notices.audiences.tasks import keep_up_all, settle_due
from kith.notices.publishing.actions import amend, publish
from kith.notices.publishing.models import Notice
from kith.notices.publishing.queries import STATE_LABELS, standing
from kith.people.calendars.actions import record_absence
from kith.people.persons.models import Person
from kith.people.ties.actions import leave, move
from kith.people.ties.models import Tie
from tests.access import make as access
from tests.notices import make
from tests.notices.publishing.test_notices import answer
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
DAY = date(2026, 11, 25)
DUE = AT + timedelta(hours=4)
LATER = AT + timedelta(hours=1)


def states(notice: Notice) -> dict[int, State]:
    rows = Delivery.objects.filter(message_id=notice.message_id).values_list("person_id", "state")
    return {person_id: State(state) for person_id, state in rows}


def mailed(notice: Notice, *, at: datetime) -> None:
    assert notice.message_id is not None
    make_mails(message_id=notice.message_id, after=0, upto=10**9, at=at)


def numbers(notice: Notice, *, at: datetime = LATER) -> dict[str, int]:
    stands = standing(Notice.objects.select_related("message").get(pk=notice.pk), at=at)
    assert stands.audience == sum(number for _key, _label, number in stands.rows)
    return {key: number for key, number in stands.numbers.items() if number}


def in_unit(plant: make.Plant) -> Notice:
    return make.published(plant.author, rule={"attribute": "unit", "is": [plant.unit.path]})


def test_somebody_who_moves_between_units_mid_notice_is_closed_here_and_added_and_marked_there() -> None:
    plant = make.plant()
    lan, other = plant.workers[0], people.unit(organization=plant.unit.organization)
    here = in_unit(plant)
    there = make.published(plant.author, rule={"attribute": "unit", "is": [other.path]})
    assert numbers(here) == {"sent": 3}
    placed = lan.ties.get().assignments.get()
    move(tie=lan.ties.get(), unit=other, site=placed.site, since=DAY, at=LATER, by_id=None)
    tell_all(at=LATER)
    assert states(here)[lan.pk] == State.LEFT
    assert numbers(here) == {"sent": 2, "left": 1}
    row = Delivery.objects.get(message_id=there.message_id, person_id=lan.pk)
    assert (row.state, row.joined_at) == (State.SENT, LATER)
    assert standing(there, at=LATER).joined == 1
    mailed(there, at=LATER)
    assert MailOut.objects.filter(delivery_id=row.pk).count() == 1
    answer(there, lan)
    assert numbers(there)["acknowledged"] == 1


def another_text(notice: Notice, *, by: Person, at: datetime) -> None:
    body = Text({tag: f"{words} (2)" for tag, words in make.BODY.items()})
    amend(notice=notice, title=make.TITLE, body=body, editorial=False, by=by, at=at)


def test_who_left_after_an_answer_is_not_asked_again_by_a_new_text() -> None:
    plant = make.plant()
    notice = in_unit(plant)
    lan, minh = plant.workers
    for worker in (lan, minh):
        answer(notice, worker)
    leave(person=lan, on=DAY - timedelta(days=1), at=LATER, by_id=None)
    another_text(notice, by=plant.author, at=LATER)
    assert {key: states(notice)[key] for key in (lan.pk, minh.pk)} == {lan.pk: State.LEFT, minh.pk: State.SENT}
    assert SupersededAcknowledgement.objects.filter(message_id=notice.message_id).count() == 2


def test_a_notice_that_is_over_asks_nobody_again_also_before_the_round_that_closes_it() -> None:
    plant = make.plant()
    rule = {"attribute": "unit", "is": [plant.unit.path]}
    notice = make.published(plant.author, rule=rule, due_at=DUE, expires_at=DUE)
    answer(notice, plant.workers[0])
    before = states(notice)
    for closed in (False, True):
        if closed:
            expire(notice=notice, at=DUE)
            before = states(notice)
        with pytest.raises(Refusal, match="This notice is over"):
            another_text(notice, by=plant.author, at=DUE)
        assert states(notice) == before
    assert before[plant.workers[0].pk] == State.ACKNOWLEDGED


def test_who_answered_and_leaves_keeps_the_answer_and_who_left_need_not_answer() -> None:
    plant = make.plant()
    notice = in_unit(plant)
    lan, minh = plant.workers
    answer(notice, lan)
    for worker in (lan, minh):
        leave(person=worker, on=date(2026, 11, 24), at=LATER, by_id=None)
    tell_all(at=LATER)
    assert (states(notice)[lan.pk], states(notice)[minh.pk]) == (State.ACKNOWLEDGED, State.LEFT)
    with pytest.raises(NotFound):
        answer(notice, minh)


def test_whoever_comes_back_is_asked_again_in_the_same_row() -> None:
    plant = make.plant()
    notice = in_unit(plant)
    lan = plant.workers[0]
    Tie.objects.filter(person=lan).update(until=date(2026, 11, 24))
    keep_up_all.run(LATER)
    assert states(notice)[lan.pk] == State.LEFT
    Tie.objects.filter(person=lan).update(until=None)
    keep_up_all.run(LATER + timedelta(hours=1))
    keep_up_all.run(LATER + timedelta(hours=2))
    row = Delivery.objects.get(message_id=notice.message_id, person_id=lan.pk)
    assert (row.state, row.joined_at) == (State.SENT, LATER + timedelta(hours=1))
    assert numbers(notice) == {"sent": 3}


def test_a_date_that_nobody_told_is_seen_by_the_hourly_round() -> None:
    plant = make.plant()
    notice = in_unit(plant)
    late = people.employee("Late", unit=plant.unit, since=date(2026, 11, 26))
    keep_up_all.run(LATER)
    assert late.pk not in states(notice)
    keep_up_all.run(LATER + timedelta(days=1))
    assert states(notice)[late.pk] == State.SENT


def test_nobody_joins_what_does_not_hold_any_more() -> None:
    plant = make.plant()
    notice = make.published(plant.author, expires_at=DUE + timedelta(hours=1))
    after = DUE + timedelta(hours=2)
    settle_due.run(after)
    people.employee("Late", unit=plant.unit)
    keep_up_all.run(after)
    assert numbers(notice, at=after) == {"expired": 5}
    answer(notice, plant.workers[0])


def test_at_the_due_time_the_absent_are_excused_and_who_has_no_way_is_named_with_the_cause() -> None:
    plant = make.plant()
    away, back, none, dead, reads = (
        people.employee(name, unit=plant.unit, mailbox=mailbox)
        for name, mailbox in (("Away", "a@example.com"), ("Back", "b@example.com"), ("None", ""), ("Dead", "d@example.com"),
                              ("Reads", ""))
    )  # fmt: skip
    access.login(reads)
    record_absence(person=away, since=date(2026, 11, 20), until=date(2026, 11, 30), at=AT, by_id=None)
    record_absence(person=back, since=date(2026, 11, 20), until=date(2026, 11, 24), at=AT, by_id=None)
    notice = in_unit(plant)
    mailed(notice, at=AT)
    MailOut.objects.filter(person_id=dead.pk).update(state=MailState.FAILED)
    settle_due.run(DUE + timedelta(minutes=1))
    settle_due.run(DUE + timedelta(minutes=2))
    found = states(notice)
    assert found[away.pk] == State.EXCUSED
    assert (found[back.pk], found[reads.pk]) == (State.SENT, State.SENT)
    causes = Delivery.objects.filter(state=State.UNREACHABLE).values_list("person_id", "remark")
    assert dict(causes) == {none.pk: "no-login", dead.pk: "mail-failed"}
    assert sum(numbers(notice, at=DUE).values()) == 8


def test_late_answers_of_every_kind_are_kept_as_late() -> None:
    plant = make.plant()
    lan, minh = plant.workers
    record_absence(person=lan, since=date(2026, 11, 20), until=date(2026, 11, 30), at=AT, by_id=None)
    notice = make.published(plant.author, expires_at=DUE + timedelta(hours=1))
    settle_due.run(DUE + timedelta(hours=2))
    Delivery.objects.filter(person_id=lan.pk).update(state=State.EXCUSED)
    for worker in (lan, minh):
        answer(notice, worker, at=DUE + timedelta(hours=3))
    assert [states(notice)[worker.pk] for worker in (lan, minh)] == [State.LATE, State.LATE]


def test_every_state_has_its_words_and_they_always_add_up_while_it_goes_out_too() -> None:
    assert {state.name.lower() for state in State} | {"pending", "delivered"} == set(STATE_LABELS)
    plant = make.plant()
    night = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    quiet = make.draft(plant.author, severity="important", due_at=DUE)
    notice = publish(notice=quiet, by=plant.author, at=night)
    assert numbers(notice, at=night) == {"pending": 5}
    assert notice.message_id is not None
    send_out(message_id=notice.message_id, at=night)
    assert numbers(notice, at=night) == {"pending": 5}
    mailed(notice, at=night)
    assert numbers(notice, at=AT) == {"sent": 5}
    MailOut.objects.filter(person_id=plant.author.pk).update(state=MailState.SENT)
    assert numbers(notice, at=AT) == {"sent": 4, "delivered": 1}


def test_keeping_up_takes_the_same_queries_for_one_and_twenty_people() -> None:
    counts: list[int] = []
    for number in (1, 20):
        plant = make.plant()
        Notice.objects.all().update(expired_at=AT)
        in_unit(plant)
        joined: list[Person] = [people.employee(unit=plant.unit) for _ in range(number)]
        Tie.objects.filter(person=plant.workers[0]).update(until=date(2026, 11, 24))
        with CaptureQueriesContext(connection) as captured:
            keep_up_all.run(LATER)
        counts.append(len(captured))
        assert Delivery.objects.filter(person_id__in=[one.pk for one in joined]).count() == number
    assert counts[0] == counts[1]


def test_moved_people_are_looked_at_alone(django_assert_max_num_queries: Any) -> None:
    plant = make.plant()
    notice = in_unit(plant)
    new, unseen = people.employee(unit=plant.unit), people.employee(unit=plant.unit)
    with django_assert_max_num_queries(14):
        keep_up(notice=notice, at=LATER, only={new.pk})
    assert new.pk in states(notice)
    assert unseen.pk not in states(notice)
