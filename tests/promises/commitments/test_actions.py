"""Opening, keeping, passing on, extending, pausing, withdrawing."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from kith.kernel.facts.models import Fact
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.people.organizations.actions import merge_unit
from kith.promises.commitments.actions import extend, keep, open_promise, pass_on, pause, resume, withdraw
from kith.promises.commitments.models import Promise, PromiseEvent, State
from kith.promises.commitments.owning import OwnerRule
from kith.promises.commitments.queries import open_about, owed_by, owed_to
from kith.promises.duty.models import DutyRole
from tests.people import make as people
from tests.promises.make import APPROVAL, IDEA, MONDAY, again, away, firm, hours, promise

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[dict[str, object]]:
    return list(Fact.objects.filter(kind=f"promises.{kind}").order_by("id").values_list("data", flat=True))


def history(of: Promise) -> list[tuple[str, int | None, str]]:
    return list(PromiseEvent.objects.filter(promise=of).values_list("what", "to_person_id", "rule"))


def test_a_promise_is_due_after_working_time_in_the_owners_calendar() -> None:
    here = firm()
    made = promise(here.ann, waiting_person_id=here.dung.pk, about=[Subject("unit", 3)])
    assert made.due_at == datetime(2027, 3, 3, 2, tzinfo=UTC)
    assert (made.owner_id, made.chain, made.state, made.next_check_at) == (
        here.ann.pk,
        [here.ann.pk],
        State.OPEN,
        made.due_at,
    )
    assert made.about == ["idea:7", "unit:3"]
    assert told("PromiseOpened") == [
        {
            "promise_id": made.pk,
            "kind": "test-answer",
            "subject": "idea:7",
            "owner_id": here.ann.pk,
            "waiting_id": here.dung.pk,
        }
    ]
    assert Fact.objects.get(kind="promises.PromiseOpened").about == [
        f"promise:{made.pk}", f"person:{here.ann.pk}", f"person:{here.dung.pk}",
    ]  # fmt: skip
    assert history(made) == [("opened", here.ann.pk, "named")]


def test_an_absent_owner_is_stood_in_for_by_the_deputy_and_the_clock_is_the_deputys() -> None:
    here = firm()
    berlin = people.site(organization=here.production.organization, zone="Europe/Berlin")
    carl = people.employee("Carl", unit=here.production, site=berlin)
    here.ann.deputies.create(deputy=carl)
    away(here.ann, date(2027, 3, 1), date(2027, 3, 12))
    made = promise(here.ann, within=hours(1))
    assert (made.owner_id, made.due_at) == (carl.pk, datetime(2027, 3, 1, 8, tzinfo=UTC))
    assert history(made) == [("opened", carl.pk, "deputy")]


def test_whoever_is_back_before_it_is_due_keeps_it() -> None:
    here = firm()
    away(here.ann, date(2027, 3, 1), date(2027, 3, 2))
    assert promise(here.ann).owner_id == here.ann.pk
    assert promise(here.ann, within=hours(8)).owner_id == here.mai.pk


def test_the_manager_of_a_person_or_a_unit_or_a_duty_can_be_asked() -> None:
    here = firm()
    assert promise(OwnerRule(manager_of=here.ann.pk)).owner_id == here.mai.pk
    assert promise(OwnerRule(manager_of=here.mai.pk)).owner_id == here.bao.pk
    made = promise(OwnerRule(unit_id=here.production.pk))
    assert (made.owner_id, made.unit_id) == (here.mai.pk, here.production.pk)
    assert promise(OwnerRule(duty_role="night-desk")).owner_id == here.dung.pk
    assert set(DutyRole.objects.values_list("code", flat=True)) == {"test-desk", "night-desk"}


def test_at_the_top_of_the_house_the_duty_answers() -> None:
    here = firm()
    assert promise(OwnerRule(manager_of=here.bao.pk)).owner_id == here.dung.pk


def test_nobody_answers_their_own_request() -> None:
    here = firm()
    made = promise(OwnerRule(unit_id=here.production.pk), kind=APPROVAL, within=hours(8), waiting_person_id=here.mai.pk)
    assert made.owner_id == here.bao.pk
    with pytest.raises(Refusal, match="cannot owe it"):
        pass_on(made, to=here.mai, reason="Yours", at=MONDAY, by_id=None)


def test_a_merged_unit_is_answered_for_by_the_one_that_took_over() -> None:
    here = firm()
    merge_unit(unit=here.production, into=here.head_office, on=MONDAY.date(), at=MONDAY, by_id=None)
    made = promise(OwnerRule(unit_id=here.production.pk))
    assert (made.owner_id, made.unit_id) == (here.bao.pk, here.head_office.pk)


def test_where_nobody_is_in_service_nothing_can_be_promised() -> None:
    gone = people.person(deactivated_at=people.AT)
    with pytest.raises(Refusal, match="Nobody is in service"):
        promise(gone, due_at=MONDAY + hours(8))
    assert Promise.objects.count() == 0


@pytest.mark.parametrize("given", [{"kind": APPROVAL}, {"kind": "unheard-of"}])
def test_a_promise_without_clock_or_kind_is_a_programming_error(given: dict[str, str]) -> None:
    here = firm()
    with pytest.raises((ValueError, LookupError)):
        promise(here.ann, **given)


def test_nothing_is_promised_for_the_past() -> None:
    here = firm()
    with pytest.raises(BadInput):
        promise(here.ann, due_at=MONDAY)


def test_keeping_needs_a_proof_and_happens_once() -> None:
    here = firm()
    made = promise(here.ann)
    with pytest.raises(BadInput):
        keep(made, proof="  ", at=MONDAY, by_id=here.ann.pk)
    later = MONDAY + hours(3)
    for moment in (later, later + hours(1)):
        keep(made, proof=Subject("answer", 12), at=moment, by_id=here.ann.pk)
    kept = again(made)
    assert (kept.state, kept.kept_at, kept.proof) == (State.KEPT, later, "answer:12")
    assert len(told("PromiseKept")) == 1
    assert list(owed_by(person_id=here.ann.pk)) == []
    with pytest.raises(Refusal, match="kept already"):
        withdraw(made, reason="No", at=later, by_id=None)


def test_passing_on_needs_somebody_who_is_there_and_a_reason() -> None:
    here = firm()
    made = promise(here.ann)
    gone = people.employee("Gia", unit=here.production, until=date(2027, 2, 26))
    away(here.bao, date(2027, 3, 1), date(2027, 3, 30))
    for to, reason, why in (
        (here.ann, "x", "owns it already"), (gone, "x", "no longer in service"), (here.bao, "x", "is away"), (here.mai, " ", "reason"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=why):
            pass_on(made, to=to, reason=reason, at=MONDAY, by_id=here.ann.pk)
    pass_on(made, to=here.mai, reason="Mai knows the line", at=MONDAY, by_id=here.ann.pk)
    now = again(made)
    assert (now.owner_id, now.chain, now.due_at) == (here.mai.pk, [here.ann.pk, here.mai.pk], made.due_at)
    assert told("PromisePassedOn")[0]["from_id"] == here.ann.pk
    event = PromiseEvent.objects.get(what="passed-on")
    assert (event.reason, event.by_id, event.from_person_id) == ("Mai knows the line", here.ann.pk, here.ann.pk)


def test_it_is_extended_once_and_only_to_later() -> None:
    here = firm()
    made = promise(here.ann)
    until = made.due_at + timedelta(days=7)
    with pytest.raises(BadInput):
        extend(made, until=made.due_at, reason="More to ask", at=MONDAY, by_id=None)
    with pytest.raises(BadInput, match="180"):
        extend(made, until=made.due_at + timedelta(days=181), reason="More to ask", at=MONDAY, by_id=None)
    extend(made, until=until, reason="More to ask", at=MONDAY, by_id=None)
    with pytest.raises(Refusal, match="once"):
        extend(made, until=until + timedelta(days=1), reason="And more", at=MONDAY, by_id=None)
    now = again(made)
    assert (now.due_at, now.first_due_at, now.next_check_at) == (until, made.due_at, until)


def test_a_pause_stops_the_clock_and_nothing_overdue_pauses() -> None:
    here = firm()
    made = promise(here.ann)
    pause(
        made, next_check_at=MONDAY + timedelta(days=10), reason="Waiting for the part", at=MONDAY + hours(1), by_id=None
    )
    with pytest.raises(Refusal, match="paused"):
        extend(made, until=made.due_at + timedelta(days=7), reason="x", at=MONDAY, by_id=None)
    assert list(owed_by(person_id=here.ann.pk)) == [made]
    resume(made, at=MONDAY + timedelta(days=7), by_id=None)
    now = again(made)
    assert (now.state, now.due_at) == (State.OPEN, datetime(2027, 3, 9, 10, tzinfo=UTC))
    with pytest.raises(Refusal, match="overdue"):
        pause(made, next_check_at=now.due_at + timedelta(days=1), reason="x", at=now.due_at, by_id=None)
    with pytest.raises(BadInput, match="90 days"):
        pause(made, next_check_at=MONDAY + timedelta(days=99), reason="x", at=MONDAY, by_id=None)


def test_what_is_withdrawn_is_owed_no_longer() -> None:
    here = firm()
    made = promise(here.ann, waiting_person_id=here.mai.pk)
    assert list(owed_to(person_id=here.mai.pk)) == [made]
    for _ in range(2):
        withdraw(made, reason="The author took it back", at=MONDAY, by_id=here.mai.pk)
    assert list(owed_to(person_id=here.mai.pk)) == []
    assert len(told("PromiseWithdrawn")) == 1


def test_what_is_open_about_a_thing_can_be_asked_by_person_and_kind() -> None:
    here = firm()
    order = Subject("order", 5)
    made = promise(here.ann, about=[order], waiting_person_id=here.mai.pk)
    promise(here.ann)
    assert list(open_about(subject=order)) == [made]
    assert list(open_about(subject=IDEA, person_id=here.mai.pk)) == [made]
    assert list(open_about(subject=order, kinds=[APPROVAL])) == []
    keep(made, proof="done", at=MONDAY, by_id=None)
    assert list(open_about(subject=order)) == []


@pytest.mark.parametrize("column", ["owner_id", "next_check_at"])
@pytest.mark.parametrize("state", ["open", "paused"])
def test_the_database_cannot_hold_an_open_promise_without_owner_or_clock(column: str, state: str) -> None:
    here = firm()
    made = promise(here.ann)
    rows = Promise.objects.filter(pk=made.pk)
    with pytest.raises(IntegrityError, match="promise_open_has_owner_and_due"), transaction.atomic():
        rows.update(**{column: None, "state": state, "paused_at": MONDAY if state == "paused" else None})
    keep(made, proof="done", at=MONDAY, by_id=None)
    assert rows.update(**{column: None}) == 1


def test_the_database_cannot_hold_an_open_promise_that_is_never_due() -> None:
    made = promise(firm().ann)
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=made.pk).update(due_at=None)


def test_opening_takes_the_same_few_queries_in_any_firm(django_assert_max_num_queries: Callable[..., object]) -> None:
    here = firm()
    promise(here.ann)
    with django_assert_max_num_queries(24):
        open_promise(kind=APPROVAL, subject=IDEA, owner=here.ann, due_at=MONDAY + hours(9), at=MONDAY)
