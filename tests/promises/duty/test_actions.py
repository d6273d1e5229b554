"""A duty always has somebody in service."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from kith.access.grants.models import Grant
from kith.kernel.facts.models import Fact
from kith.kernel.invariants import INVARIANTS
from kith.kernel.refusals import BadInput, Refusal
from kith.people.persons.actions import deactivate
from kith.people.persons.models import Person
from kith.promises.duty.actions import ensure_duty, remove_holder, set_holders
from kith.promises.duty.models import DutyRole
from kith.promises.duty.queries import duties_of, holders
from tests.people import make as people
from tests.promises.make import MONDAY, hear

DESK = "test-desk"


def of(code: str = DESK) -> tuple[int, ...]:
    return holders(codes=[code], at=MONDAY)[code]


def set_to(*persons: Person) -> None:
    set_holders(code=DESK, persons=persons, at=MONDAY, by_id=None)


@pytest.mark.django_db
def test_holders_stand_in_their_order_and_the_last_one_cannot_go() -> None:
    first, second = people.person(), people.person()
    set_to(second, first)
    assert of() == (second.pk, first.pk)
    remove_holder(code=DESK, person=second, at=MONDAY, by_id=None)
    with pytest.raises(Refusal, match="is the last one who holds this duty"):
        remove_holder(code=DESK, person=first, at=MONDAY, by_id=None)
    assert of() == (first.pk,)
    assert duties_of(person_id=first.pk) == {DESK}
    assert Fact.objects.filter(kind="promises.DutyHoldersChanged").count() == 2


@pytest.mark.django_db
def test_a_rest_that_is_not_in_service_does_not_count() -> None:
    here, gone = people.person(), people.person()
    set_to(here, gone)
    gone.deactivated_at = MONDAY
    gone.save()
    with pytest.raises(Refusal):
        remove_holder(code=DESK, person=here, at=MONDAY, by_id=None)
    with pytest.raises(BadInput, match="no longer in service"):
        set_to(gone)
    with pytest.raises(BadInput, match="at least one"):
        set_to()


@pytest.mark.django_db
def test_when_the_last_holder_leaves_the_administrators_hold_it() -> None:
    last, administrator = people.person(), people.person()
    Grant.objects.create(person=administrator, role="administrator", since=people.AT)
    set_to(last)
    deactivate(person=last, at=MONDAY, by_id=None)
    assert of() == (administrator.pk,)
    hear()
    assert list(DutyRole.objects.get(code=DESK).holders.values_list("person_id", flat=True)) == [administrator.pk]
    assert not INVARIANTS.get("promises.duty-held").breaches()


@pytest.mark.django_db
def test_a_new_duty_is_held_by_the_administrators() -> None:
    administrator = people.person()
    Grant.objects.create(person=administrator, role="administrator", since=people.AT)
    ensure_duty(code="new", at=MONDAY)
    assert of("new") == (administrator.pk,)
    assert of("never-heard-of") == (administrator.pk,)


@pytest.mark.django_db(transaction=True)
def test_two_who_go_at_the_same_moment_do_not_leave_it_empty() -> None:
    persons = [people.person() for _ in range(4)]
    set_to(*persons)

    def go(person: Person) -> bool:
        try:
            remove_holder(code=DESK, person=person, at=MONDAY, by_id=None)
        except Refusal:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(go, persons)) == 3
    assert len(of()) == 1
