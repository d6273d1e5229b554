"""People leave, go away, units merge: what they owe finds its next owner by itself."""

from datetime import date, timedelta

import pytest

from kith.kernel.invariants import INVARIANTS
from kith.kernel.tasks.running import run_tick
from kith.people.calendars.actions import record_absence
from kith.people.organizations.actions import merge_unit
from kith.people.persons.actions import deactivate
from kith.people.ties.actions import leave
from kith.promises.commitments.actions import pass_on
from kith.promises.commitments.models import PromiseEvent
from kith.promises.commitments.owning import OwnerRule
from kith.promises.commitments.passing import sweep
from tests.people import make as people
from tests.promises.make import MONDAY, again, away, firm, hear, hours, promise

pytestmark = pytest.mark.django_db


def test_what_a_leaver_owes_goes_to_the_manager_of_the_last_day() -> None:
    here = firm()
    made = promise(here.ann)
    leave(person=here.ann, on=date(2027, 2, 26), at=MONDAY, by_id=None)
    hear()
    assert again(made).owner_id == here.mai.pk
    event = PromiseEvent.objects.get(promise=made, what="passed-on")
    assert (event.from_person_id, event.to_person_id, event.rule) == (here.ann.pk, here.mai.pk, "manager")


def test_whoever_announces_to_leave_keeps_it_until_the_last_day_is_over() -> None:
    here = firm()
    made = promise(here.ann, within=hours(80))
    leave(person=here.ann, on=date(2027, 3, 3), at=MONDAY, by_id=None)
    hear()
    assert again(made).owner_id == here.ann.pk
    assert sweep(at=MONDAY + timedelta(days=2, hours=14)) == 0
    assert sweep(at=MONDAY + timedelta(days=2, hours=15)) == 1
    assert again(made).owner_id == here.mai.pk


def test_when_owner_and_manager_leave_it_climbs_and_ends_on_duty() -> None:
    here = firm()
    made = promise(here.ann)
    deactivate(person=here.mai, at=MONDAY, by_id=None)
    deactivate(person=here.ann, at=MONDAY, by_id=None)
    hear()
    assert again(made).owner_id == here.bao.pk
    deactivate(person=here.bao, at=MONDAY, by_id=None)
    hear()
    assert again(made).owner_id == here.dung.pk
    assert again(made).chain == [here.ann.pk, here.bao.pk, here.dung.pk]


def test_what_falls_due_before_an_absent_owner_is_back_goes_to_the_deputy() -> None:
    here = firm()
    soon, late = promise(here.ann), promise(here.ann, within=hours(80))
    here.ann.deputies.create(deputy=here.dung)
    record_absence(person=here.ann, since=date(2027, 3, 1), until=date(2027, 3, 5), at=MONDAY, by_id=None)
    hear()
    assert again(soon).owner_id == here.dung.pk
    assert again(late).owner_id == here.ann.pk
    assert sweep(at=MONDAY + timedelta(days=1)) == 0


def test_an_absence_recorded_ahead_counts_from_its_first_day() -> None:
    here = firm()
    made = promise(here.ann)
    record_absence(person=here.ann, since=date(2027, 3, 2), until=date(2027, 3, 5), at=MONDAY, by_id=None)
    hear()
    assert again(made).owner_id == here.ann.pk
    assert run_tick(name="promises.sweep", at=MONDAY + timedelta(days=1)) is True
    assert again(made).owner_id == here.mai.pk


def test_a_merged_persons_promises_go_to_the_one_who_stays() -> None:
    here = firm()
    made = promise(here.ann)
    here.ann.merged_into = here.dung
    here.ann.save()
    sweep(at=MONDAY)
    assert again(made).owner_id == here.dung.pk


def test_a_merged_units_promises_go_to_the_manager_of_the_other_but_what_was_handed_out_stays() -> None:
    here = firm()
    line = people.unit(organization=here.production.organization, parent=here.head_office, manager=here.dung)
    managers, handed = (promise(OwnerRule(unit_id=here.production.pk)) for _ in range(2))
    pass_on(handed, to=here.ann, reason="Ann knows", at=MONDAY, by_id=here.mai.pk)
    merge_unit(unit=here.production, into=line, on=MONDAY.date(), at=MONDAY, by_id=None)
    hear()
    assert (again(managers).owner_id, again(managers).unit_id) == (here.dung.pk, line.pk)
    assert (again(handed).owner_id, again(handed).unit_id) == (here.ann.pk, line.pk)


def test_without_anybody_in_service_it_stays_and_the_doctor_says_so_until_there_is_one() -> None:
    here = firm()
    made = promise(here.ann, at=MONDAY)
    people_gone = (here.bao, here.mai, here.dung, here.ann)
    for person in people_gone:
        person.deactivated_at = people.AT
        person.save()
    assert sweep(at=MONDAY) == 0
    assert INVARIANTS.get("promises.owner-and-due").breaches() == [
        f"Promise {made.pk} is owed by {here.ann.pk}, due {made.due_at}."
    ]
    assert INVARIANTS.get("promises.duty-held").breaches() == ["Nobody in service holds the duty test-desk."]
    here.dung.deactivated_at = None
    here.dung.save()
    assert sweep(at=MONDAY) == 1
    assert again(made).owner_id == here.dung.pk
    assert not INVARIANTS.get("promises.owner-and-due").breaches()


def test_everything_of_a_leaver_goes_past_a_manager_who_is_away() -> None:
    here = firm()
    for _ in range(30):
        promise(here.ann)
    away(here.mai, date(2027, 2, 20), date(2027, 3, 20))
    leave(person=here.ann, on=date(2027, 2, 26), at=MONDAY, by_id=None)
    hear()
    assert here.bao.promises.count() == 30
