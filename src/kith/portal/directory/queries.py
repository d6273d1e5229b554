"""Reads of the directory: colleagues that employees may see."""

from collections.abc import Collection
from datetime import date

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from kith.kernel.folding import fold, query_tokens
from kith.people.persons.by_name import by_name
from kith.people.persons.models import Person
from kith.people.ties.models import Assignment, Tie, TieKind
from kith.people.ties.queries import in_force, is_employee
from kith.portal.search.models import Document
from kith.portal.search.queries import tsquery

KEEPERS = frozenset({"hr", "administrator"})


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
    """Return colleagues by name, after the `cursor` `after` (any other text: from the first on), at a site (its code).

    Every word asked for stands in the full name, or all of them in what the search keeps of names, the one a
    person wants to be called by among them.
    """
    found = visible_to(person_id=person_id, day=day)
    if words:
        found = found.filter(_named(words))
    if site:
        there = Tie.objects.filter(
            in_force(day), in_force(day, "assignments__"), kind=TieKind.EMPLOYEE, assignments__site__code=site
        )
        found = found.filter(pk__in=there.values("person_id"))
    return by_name(found, after=after)


def placements(*, person_ids: Collection[int], day: date) -> dict[int, Assignment]:
    """Return where each employee belongs and works on `day` (the newest, if several); one query."""
    rows = Assignment.objects.filter(
        in_force(day), in_force(day, "tie__"), tie__person_id__in=person_ids, tie__kind=TieKind.EMPLOYEE
    )
    return {row.tie.person_id: row for row in rows.select_related("unit", "site", "tie").order_by("since", "id")}


def ties_visible_to(*, person_id: int, roles: Collection[str]) -> QuerySet[Tie]:
    """Return the ties somebody may see, past ones too: their own; HR and administrators see all."""
    found = Tie.objects.select_related("person", "organization", "for_organization")
    return found if KEEPERS & set(roles) else found.filter(person_id=person_id)


def _named(words: str) -> Q:
    named = Q()
    for token in query_tokens(words) or [fold(words)]:
        named &= Q(sort_key__contains=token[:100])
    if query := tsquery(words):
        asked = SearchQuery(query, config="simple", search_type="raw")
        named |= Q(pk__in=Document.objects.filter(kind="person", vector=asked).values("subject_id"))
    return named
