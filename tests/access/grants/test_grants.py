"""Roles: who holds them, nobody gives one to themselves, the last administrator stays."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from kith.access.grants.actions import grant_role, revoke_role
from kith.access.grants.models import Grant
from kith.access.grants.queries import holders, roles_of, units_of
from kith.access.logins.actions import deactivate_login
from kith.kernel import clock
from kith.kernel.facts.models import Fact
from kith.kernel.invariants import INVARIANTS
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.people.persons.actions import deactivate
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
AT = people.AT


def administrator() -> "people.Person":
    person = make.login().person
    grant_role(person=person, role="administrator", at=AT)
    return person


def test_a_role_begins_and_ends() -> None:
    person, boss = people.person(), people.person()
    grant_role(person=person, role="hr", at=AT, by_id=boss.pk)
    assert roles_of(person_id=person.pk, at=AT) == {"hr"}
    assert roles_of(person_id=person.pk, at=AT - timedelta(seconds=1)) == set()
    revoke_role(person=person, role="hr", at=AT + timedelta(hours=1), by_id=boss.pk)
    assert roles_of(person_id=person.pk, at=AT + timedelta(hours=1)) == set()
    told = Fact.objects.filter(about__contains=[f"person:{person.pk}"]).order_by("id")
    assert [(fact.kind, fact.by_id) for fact in told] == [
        ("access.RoleGranted", boss.pk),
        ("access.RoleRevoked", boss.pk),
    ]


def test_a_role_twice_is_one() -> None:
    person = people.person()
    first = grant_role(person=person, role="hr", at=AT)
    assert grant_role(person=person, role="hr", at=AT) == first
    assert Grant.objects.count() == 1


def test_a_role_in_one_unit_is_not_the_role_everywhere() -> None:
    person, unit = people.person(), people.unit()
    grant_role(person=person, role="hr", at=AT, unit=unit)
    assert roles_of(person_id=person.pk, at=AT) == set()
    assert units_of(person_id=person.pk, role="hr", at=AT) == {unit.pk}
    assert list(holders(roles=["hr"], at=AT)) == []


@pytest.mark.parametrize("role", ["king", "", "Administrator"])
def test_a_role_that_does_not_exist_is_named(role: str) -> None:
    with pytest.raises(BadInput) as refusal:
        grant_role(person=people.person(), role=role, at=AT)
    assert "administrator" in refusal.value.sentence


def test_nobody_gives_a_role_to_themselves() -> None:
    boss = administrator()
    with pytest.raises(NotAllowed):
        grant_role(person=boss, role="finance", at=AT, by_id=boss.pk)
    assert roles_of(person_id=boss.pk, at=AT) == {"administrator"}


def test_the_last_administrator_stays() -> None:
    boss = administrator()
    with pytest.raises(Refusal):
        revoke_role(person=boss, role="administrator", at=AT)
    with pytest.raises(Refusal):
        deactivate_login(login=boss.login, at=AT)
    second = administrator()
    revoke_role(person=boss, role="administrator", at=AT + timedelta(hours=1))
    assert roles_of(person_id=boss.pk, at=AT + timedelta(hours=1)) == set()
    assert list(holders(roles=["administrator"], at=AT + timedelta(hours=1))) == [second]


def test_an_administrator_who_cannot_sign_in_does_not_count() -> None:
    boss, second = administrator(), administrator()
    deactivate(person=second, at=AT, by_id=None)
    with pytest.raises(Refusal):
        revoke_role(person=boss, role="administrator", at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_leaving_at_once_one_stays() -> None:
    pair, start, refused = [administrator(), administrator()], threading.Barrier(2), []

    def go(person: "people.Person") -> None:
        start.wait()
        try:
            revoke_role(person=person, role="administrator", at=clock.now())
        except Refusal as refusal:
            refused.append(refusal.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(person,)) for person in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert holders(roles=["administrator"], at=clock.now()).count() == 1


def test_the_doctor_sees_a_house_without_administrator() -> None:
    invariant = INVARIANTS.get("access.administrator")
    assert list(invariant.breaches()) == []
    boss = administrator()
    assert list(invariant.breaches()) == []
    deactivate(person=boss, at=AT, by_id=None)
    assert len(list(invariant.breaches())) == 1
