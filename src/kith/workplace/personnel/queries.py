"""Reads of the personnel desk."""

from datetime import date

from django.db.models import QuerySet

from kith.kernel.folding import fold
from kith.people.calendars.models import Absence
from kith.people.persons.models import Person
from kith.people.ties.models import Tie, TieKind
from kith.people.ties.queries import colleagues, in_force, managers_of

KEEPERS = frozenset({"hr", "administrator"})
MOST_CANDIDATES = 100


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


def absences_of(*, person_id: int, day: date) -> QuerySet[Absence]:
    """Return a person's absences that are not over on `day`, soonest first."""
    return Absence.objects.filter(person_id=person_id, until__gte=day).order_by("since", "id")


def candidates(*, person: Person, day: date) -> list[Person]:
    """Return who may stand in for an employee: the manager first, then the colleagues of the unit by name."""
    near = list(colleagues(person_id=person.pk, day=day)[:MOST_CANDIDATES])
    manager_id = managers_of(person_ids=[person.pk], day=day).get(person.pk)
    manager = Person.objects.filter(pk=manager_id).first() if manager_id else None
    return ([manager] if manager and manager not in near else []) + near
