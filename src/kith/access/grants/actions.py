"""Writes of grants. A change of roles gives the person's sessions new keys at their next request."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kith.access.grants import queries
from kith.access.grants.facts import RoleGranted, RoleRevoked
from kith.access.grants.models import Grant
from kith.access.grants.roles import ADMINISTRATOR, ROLES
from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person

_ADMINISTRATORS_LOCK = 0x61646D69


def grant_role(*, person: Person, role: str, at: datetime, by_id: int | None = None, unit: Unit | None = None) -> Grant:
    """Entrust a person with a role, everywhere or in one unit; a role already held is returned as it is.

    Nobody grants themselves a role (`NotAllowed`); `by_id` None is the command line.
    """
    if role not in ROLES:
        known = ", ".join(ROLES.names())
        raise BadInput(_("There is no role “%(role)s”. Roles: %(known)s.") % {"role": role[:40], "known": known},
                       field="role")  # fmt: skip
    if by_id == person.pk:
        raise NotAllowed(_("Nobody gives a role to themselves: ask another administrator."))
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        held = Grant.objects.filter(person=person, role=role, unit=unit, until__isnull=True).first()
        if held is not None:
            return held
        grant = Grant.objects.create(person=person, role=role, unit=unit, since=at, granted_by_id=by_id)
        unit_id = unit.pk if unit else None
        publish(RoleGranted(person_id=person.pk, role=role, unit_id=unit_id), at=at, by_id=by_id)
    return grant


def revoke_role(*, person: Person, role: str, at: datetime, by_id: int | None = None, unit: Unit | None = None) -> None:
    """Take a role from a person; `Refusal` when it is not held or the person is the last administrator."""
    with transaction.atomic():
        if role == ADMINISTRATOR and unit is None:
            keep_an_administrator(person_id=person.pk, at=at)
        ended = Grant.objects.filter(queries.in_force(at), person=person, role=role, unit=unit).update(until=at)
        if not ended:
            raise Refusal(_("%s does not hold this role.") % person.name, field="role")
        unit_id = unit.pk if unit else None
        publish(RoleRevoked(person_id=person.pk, role=role, unit_id=unit_id), at=at, by_id=by_id)


def keep_an_administrator(*, person_id: int, at: datetime) -> None:
    """Refuse when nobody but this person is administrator; holds others off until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADMINISTRATORS_LOCK])
    is_one = Grant.objects.filter(queries.in_force(at), person_id=person_id, role=ADMINISTRATOR, unit=None).exists()
    if is_one and not queries.other_administrators(person_id=person_id, at=at).exists():
        raise Refusal(_("This is the last administrator: make somebody else one first."))
