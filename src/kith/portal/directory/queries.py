"""Reads of the directory: colleagues that employees may see."""

from datetime import date

from django.db.models import QuerySet

from kith.kernel.folding import fold
from kith.people.persons.models import Person
from kith.people.ties.models import Tie, TieKind
from kith.people.ties.queries import in_force, is_employee


def visible_to(*, person_id: int | None, day: date) -> QuerySet[Person]:
    """Return the persons somebody may look up: employees see all employees, others only themselves."""
    if person_id is None:
        return Person.objects.none()
    active = Person.objects.filter(deactivated_at=None, merged_into=None)
    if not is_employee(person_id=person_id, day=day):
        return active.filter(pk=person_id)
    employed = Tie.objects.filter(in_force(day), kind=TieKind.EMPLOYEE).values("person_id")
    return active.filter(pk__in=employed)


def listed(*, person_id: int, day: date, words: str, site: str, after: str) -> QuerySet[Person]:
    """Return colleagues by name, from `after` (a sort key) on, at a site (its code) if one is given."""
    found = visible_to(person_id=person_id, day=day)
    if words:
        found = found.filter(sort_key__contains=fold(words)[:100])
    if site:
        there = Tie.objects.filter(
            in_force(day), in_force(day, "assignments__"), kind=TieKind.EMPLOYEE, assignments__site__code=site
        )
        found = found.filter(pk__in=there.values("person_id"))
    if after:
        found = found.filter(sort_key__gt=after)
    return found.order_by("sort_key", "id")
