"""What is late climbs, step by step, until it is kept; nobody who waits is forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kith.access.grants.models import Grant
from kith.kernel.facts.models import Fact
from kith.kernel.invariants import INVARIANTS
from kith.kernel.tasks.running import run_tick
from kith.people.persons.models import Person
from kith.promises.commitments.actions import extend, keep, pause
from kith.promises.commitments.escalation import look
from kith.promises.commitments.models import Promise, PromiseEvent, State
from kith.promises.commitments.queries import escalated_to, overdue
from kith.promises.duty.actions import set_holders
from tests.people import make as people
from tests.promises.make import MONDAY, again, away, firm, hours, promise

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2027, 3, 3, 2, tzinfo=UTC)
"""09:00, when sixteen hours of work are over."""


def helpers(of: Promise) -> list[int | None]:
    events = PromiseEvent.objects.filter(promise=of, what__in=["overdue", "escalated"])
    return list(events.values_list("to_person_id", flat=True))


def holders(*persons: Person) -> None:
    set_holders(code="test-desk", persons=persons, at=MONDAY, by_id=None)


def test_nothing_happens_before_it_is_due() -> None:
    made = promise(firm().ann)
    assert look(at=WEDNESDAY - timedelta(seconds=1)) == 0
    assert again(made).level == 0


def test_late_goes_to_the_manager_then_to_the_duty_in_turn_a_working_day_apart() -> None:
    here = firm()
    holders(here.dung, here.bao)
    made = promise(here.ann)
    looks = [WEDNESDAY + timedelta(days=days) for days in (0, 1, 2, 5)]
    for at in looks:
        assert look(at=at - timedelta(seconds=1)) == 0
        assert look(at=at) == 1
        assert look(at=at) == 0
    assert helpers(made) == [here.mai.pk, here.bao.pk, here.dung.pk, here.bao.pk]
    now = again(made)
    assert (now.owner_id, now.level, now.overdue_at, now.state) == (here.ann.pk, 4, WEDNESDAY, State.OPEN)
    assert now.next_check_at == WEDNESDAY + timedelta(days=6)
    facts = Fact.objects.filter(kind="promises.PromiseOverdue").order_by("id")
    assert [(f.data["level"], f.data["escalated_to_id"]) for f in facts] == list(enumerate(helpers(made), start=1))


def test_when_it_is_kept_nobody_looks_again() -> None:
    here = firm()
    made = promise(here.ann)
    look(at=WEDNESDAY)
    assert list(escalated_to(person_id=here.mai.pk)) == list(overdue(at=WEDNESDAY)) == [made]
    keep(made, proof="Answered", at=WEDNESDAY + hours(1), by_id=here.ann.pk)
    assert look(at=WEDNESDAY + timedelta(days=30)) == 0
    assert list(escalated_to(person_id=here.mai.pk)) == []


def test_late_and_the_owner_away_the_deputy_owns_it_from_then_on() -> None:
    here = firm()
    made = promise(here.ann)
    here.ann.deputies.create(deputy=here.dung)
    away(here.ann, date(2027, 3, 3), date(2027, 3, 5))
    look(at=WEDNESDAY)
    now = again(made)
    assert now.owner_id == here.dung.pk
    assert now.escalated_to_id == here.bao.pk


def test_with_manager_away_and_the_next_one_up_gone_the_duty_helps() -> None:
    here = firm()
    holders(here.dung)
    made = promise(here.ann)
    away(here.mai, date(2027, 3, 1), date(2027, 3, 30))
    here.bao.deactivated_at = MONDAY
    here.bao.save()
    look(at=WEDNESDAY)
    assert helpers(made) == [here.dung.pk]


def test_whoever_waits_is_not_the_one_asked_to_help() -> None:
    here = firm()
    holders(here.dung, here.mai)
    made = promise(here.ann, waiting_person_id=here.mai.pk)
    for days in (0, 1, 2):
        look(at=WEDNESDAY + timedelta(days=days))
    assert helpers(made) == [here.bao.pk, here.dung.pk, here.dung.pk]


def test_a_firm_of_one_is_reminded_all_the_same() -> None:
    only = people.person("Only")
    Grant.objects.create(person=only, role="administrator", since=people.AT)
    made = promise(only)
    look(at=MONDAY + timedelta(days=3))
    assert helpers(made) == [None]
    assert again(made).level == 1


def test_worker_off_for_three_days_takes_one_step_and_goes_on_from_there() -> None:
    made = promise(firm().ann)
    back = WEDNESDAY + timedelta(days=3)
    assert look(at=back) == 1
    assert look(at=back) == 0
    assert again(made).next_check_at == datetime(2027, 3, 8, 10, tzinfo=UTC)


def test_the_clock_set_back_does_nothing_twice() -> None:
    made = promise(firm().ann)
    look(at=WEDNESDAY)
    assert look(at=WEDNESDAY - timedelta(days=1)) == 0
    assert look(at=WEDNESDAY) == 0
    assert again(made).level == 1


def test_an_extension_begins_the_climb_anew() -> None:
    here = firm()
    made = promise(here.ann)
    look(at=WEDNESDAY)
    until = WEDNESDAY + timedelta(days=6)
    extend(made, until=until, reason="A part must be measured", at=WEDNESDAY + hours(1), by_id=here.ann.pk)
    now = again(made)
    assert (now.level, now.overdue_at, now.escalated_to_id) == (0, None, None)
    assert look(at=until - timedelta(seconds=1)) == 0
    assert look(at=until) == 1
    assert again(made).level == 1


def test_a_pause_ends_by_itself_on_its_day() -> None:
    made = promise(firm().ann)
    on = MONDAY + timedelta(days=7)
    pause(made, next_check_at=on, reason="Waiting for the part", at=MONDAY, by_id=None)
    assert list(overdue(at=on)) == []
    assert run_tick(name="promises.look", at=on) is True
    now = again(made)
    assert (now.state, now.due_at, now.level) == (State.OPEN, WEDNESDAY + timedelta(days=7), 0)
    assert look(at=now.due_at) == 1
    assert again(made).level == 1


def test_many_late_promises_cost_few_queries_each(django_assert_max_num_queries) -> None:  # noqa: ANN001
    here = firm()
    for _ in range(10):
        promise(here.ann)
    with django_assert_max_num_queries(110):
        assert look(at=WEDNESDAY) == 10


def test_the_doctor_sees_when_nobody_looks() -> None:
    made = promise(firm().ann, at=MONDAY - timedelta(days=3650))
    assert INVARIANTS.get("promises.looked-at").breaches() == [
        f"Promise {made.pk} was to be looked at {made.next_check_at}."
    ]
    keep(made, proof="done", at=MONDAY, by_id=None)
    assert not INVARIANTS.get("promises.looked-at").breaches()
