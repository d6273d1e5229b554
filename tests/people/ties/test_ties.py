from datetime import date, timedelta

import pytest

from kith.kernel.facts.models import Fact
from kith.kernel.refusals import Refusal
from kith.people.organizations.actions import merge_unit
from kith.people.ties import actions, queries
from kith.people.ties.models import Tie
from tests.people import make

TODAY = date(2026, 11, 25)
pytestmark = pytest.mark.django_db


def test_the_line_manager_is_the_next_leader_up_the_tree_and_never_oneself() -> None:
    root = make.unit()
    chief = make.employee("Chief", unit=root)
    root.manager = chief
    root.save()
    line = make.unit(organization=root.organization, parent=root)
    lead = make.employee("Lead", unit=line)
    worker = make.employee("Worker", unit=line)
    ids = [chief.pk, lead.pk, worker.pk]
    assert queries.managers_of(person_ids=ids, day=TODAY) == {chief.pk: None, lead.pk: chief.pk, worker.pk: chief.pk}
    line.manager = lead
    line.save()
    assert queries.managers_of(person_ids=ids, day=TODAY) == {chief.pk: None, lead.pk: chief.pk, worker.pk: lead.pk}
    assert list(queries.reports_of(manager_id=chief.pk, day=TODAY)) == [lead]
    assert list(queries.reports_of(manager_id=lead.pk, day=TODAY)) == [worker]


def test_the_assignments_own_manager_goes_before_the_unit() -> None:
    boss = make.employee("Boss")
    worker = make.employee("Worker", manager=boss)
    assert queries.managers_of(person_ids=[worker.pk], day=TODAY) == {worker.pk: boss.pk}
    assert list(queries.reports_of(manager_id=boss.pk, day=TODAY)) == [worker]


def test_a_customer_has_no_manager() -> None:
    ana = make.customer()
    assert queries.managers_of(person_ids=[ana.pk], day=TODAY) == {ana.pk: None}


def test_moving_keeps_the_history() -> None:
    worker = make.employee()
    tie = worker.ties.get()
    elsewhere = make.unit(organization=tie.organization)
    before = queries.placement(person_id=worker.pk, day=TODAY)
    assert before is not None
    actions.move(tie=tie, unit=elsewhere, site=before.site, since=TODAY, at=make.AT)
    now = queries.placement(person_id=worker.pk, day=TODAY)
    then = queries.placement(person_id=worker.pk, day=TODAY - timedelta(days=1))
    assert now is not None
    assert now.unit == elsewhere
    assert then is not None
    assert then.unit == before.unit


def test_leaving_ends_tie_and_assignment_and_is_told_once() -> None:
    worker = make.employee()
    assert actions.leave(person=worker, on=TODAY, at=make.AT, by_id=None) == 1
    assert queries.is_employee(person_id=worker.pk, day=TODAY)
    assert not queries.is_employee(person_id=worker.pk, day=TODAY + timedelta(days=1))
    assert Fact.objects.filter(kind="people.EmployeeLeft", about=[f"person:{worker.pk}"]).count() == 1
    with pytest.raises(Refusal, match="not employed"):
        actions.leave(person=worker, on=TODAY, at=make.AT, by_id=None)


def test_becoming_a_customer_twice_is_one_tie() -> None:
    ana, ours = make.person(), make.organization()
    first = actions.become_customer(person=ana, organization=ours, since=TODAY, at=make.AT)
    assert actions.become_customer(person=ana, organization=ours, since=TODAY, at=make.AT) == first
    assert Tie.objects.filter(person=ana).count() == 1


def test_a_merged_units_people_and_children_move() -> None:
    root = make.unit()
    a = make.unit(organization=root.organization, parent=root)
    below = make.unit(organization=root.organization, parent=a)
    b = make.unit(organization=root.organization, parent=root)
    worker = make.employee(unit=a)
    with pytest.raises(Refusal):
        merge_unit(unit=root, into=b, on=TODAY, at=make.AT, by_id=None)
    merge_unit(unit=a, into=b, on=TODAY, at=make.AT, by_id=None)
    below.refresh_from_db()
    place = queries.placement(person_id=worker.pk, day=TODAY)
    assert place is not None
    assert place.unit == b
    assert below.path == f"{b.path}{below.pk}/"
