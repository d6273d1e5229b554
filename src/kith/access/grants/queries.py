"""Reads of grants."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from kith.access.grants.models import Grant
from kith.access.grants.roles import ADMINISTRATOR
from kith.people.persons.models import Person


def in_force(at: datetime) -> Q:
    """Return the condition that a grant is in force at `at`."""
    return Q(since__lte=at) & (Q(until__isnull=True) | Q(until__gt=at))


def roles_of(*, person_id: int, at: datetime) -> frozenset[str]:
    """Return the roles a person holds everywhere; one that is limited to a unit is not among them."""
    return frozenset(Grant.objects.filter(in_force(at), person_id=person_id, unit=None).values_list("role", flat=True))


def units_of(*, person_id: int, role: str, at: datetime) -> frozenset[int]:
    """Return the units to which a person's grants of `role` are limited."""
    found = Grant.objects.filter(in_force(at), person_id=person_id, role=role, unit__isnull=False)
    return frozenset(unit_id for unit_id in found.values_list("unit_id", flat=True) if unit_id is not None)


def holders(*, roles: Collection[str], at: datetime) -> QuerySet[Person]:
    """Return the active persons who hold one of `roles` everywhere, by name."""
    ids = Grant.objects.filter(in_force(at), role__in=roles, unit=None).values("person_id")
    return Person.objects.filter(pk__in=ids, deactivated_at=None).order_by("sort_key", "id")


def grants_of(*, person_id: int, at: datetime) -> QuerySet[Grant]:
    """Return a person's grants in force with their units."""
    return Grant.objects.filter(in_force(at), person_id=person_id).select_related("unit").order_by("role", "id")


def other_administrators(*, person_id: int, at: datetime) -> QuerySet[Grant]:
    """Return the grants without an end by which somebody else who can sign in is administrator.

    One that ends counts for nothing: not even when its end, set by another process, lies a moment after `at`.
    """
    return Grant.objects.filter(
        since__lte=at,
        until__isnull=True,
        role=ADMINISTRATOR,
        unit=None,
        person__deactivated_at__isnull=True,
        person__login__active=True,
    ).exclude(person_id=person_id)
