"""Reads of the personnel desk."""

from datetime import date

from django.db.models import QuerySet

from kith.kernel.folding import fold
from kith.people.persons.models import Person
from kith.people.ties.models import Tie, TieKind
from kith.people.ties.queries import in_force

KEEPERS = frozenset({"hr", "administrator"})


def visible_to(*, roles: frozenset[str], day: date) -> QuerySet[Person]:
    """Return whose matters somebody with these roles keeps: all employees, or nobody's."""
    if not roles & KEEPERS:
        return Person.objects.none()
    employed = Tie.objects.filter(in_force(day), kind=TieKind.EMPLOYEE).values("person_id")
    return Person.objects.filter(pk__in=employed, deactivated_at=None)


def found(*, roles: frozenset[str], day: date, words: str) -> QuerySet[Person]:
    """Return employees by name."""
    people = visible_to(roles=roles, day=day).order_by("sort_key", "id")
    return people.filter(sort_key__contains=fold(words)[:100]) if words else people
