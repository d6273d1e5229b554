"""Reads of ties: who works where, and who leads whom."""

from collections.abc import Collection
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from kith.people.ties.models import Assignment, Tie, TieKind

_IS_EMPLOYEE = (
    "SELECT EXISTS (SELECT 1 FROM people_tie WHERE person_id = %(person)s AND kind = %(kind)s "
    "AND since <= %(day)s AND (until IS NULL OR until >= %(day)s))"
)


def in_force(day: date, prefix: str = "") -> Q:
    """Return the condition that a row with since and until is in force on `day`."""
    return Q(**{f"{prefix}since__lte": day}) & (
        Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": day})
    )


def ties_of(*, person_id: int, day: date) -> QuerySet[Tie]:
    """Return a person's ties in force on `day` with their organizations."""
    return Tie.objects.filter(in_force(day), person_id=person_id).select_related("organization", "for_organization")


def is_employee(*, person_id: int, day: date) -> bool:
    """Say whether a person is an employee on `day`; asked so often that the SQL is written out."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_EMPLOYEE, {"person": person_id, "kind": TieKind.EMPLOYEE.value, "day": day})
        return bool(cursor.fetchone()[0])


def placement(*, person_id: int, day: date) -> Assignment | None:
    """Return where an employee belongs and works on `day` (the newest, if several), None for others."""
    return (
        Assignment.objects.filter(
            in_force(day), in_force(day, "tie__"), tie__person_id=person_id, tie__kind=TieKind.EMPLOYEE
        )
        .select_related("unit", "site", "site__calendar", "shift", "tie", "tie__organization", "manager")
        .order_by("-since", "-id")
        .first()
    )


_MANAGERS = """
    SELECT DISTINCT ON (t.person_id) t.person_id,
           coalesce(CASE WHEN a.manager_id <> t.person_id THEN a.manager_id END, (
               SELECT m.manager_id FROM people_unit m JOIN people_person q ON q.id = m.manager_id
               WHERE m.id = ANY(string_to_array(trim('/' FROM u.path), '/')::bigint[])
                 AND m.manager_id <> t.person_id AND q.deactivated_at IS NULL
               ORDER BY length(m.path) DESC LIMIT 1))
    FROM people_tie t JOIN people_assignment a ON a.tie_id = t.id JOIN people_unit u ON u.id = a.unit_id
    WHERE t.kind = 'employee' AND t.person_id {among}
      AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s)
      AND a.since <= %(day)s AND (a.until IS NULL OR a.until >= %(day)s)
    ORDER BY t.person_id, a.since DESC, a.id DESC
"""


def managers_sql(*, persons: str) -> str:
    """Return the SELECT of (person, line manager) for the persons of a subquery `persons`; it takes `day`."""
    return _MANAGERS.format(among=f"IN ({persons})")


def managers_of(*, person_ids: Collection[int], day: date) -> dict[int, int | None]:
    """Return each employee's line manager on `day`, in one query.

    The assignment's manager, else the unit's, else the next one up the tree; never the person, None at the
    top and for persons who are not employees.
    """
    found: dict[int, int | None] = dict.fromkeys(person_ids)
    with connection.cursor() as cursor:
        cursor.execute(_MANAGERS.format(among="= ANY(%(ids)s)"), {"ids": list(person_ids), "day": day})
        found.update(cursor.fetchall())
    return found


def reports_of(*, manager_id: int, day: date) -> QuerySet[Person]:
    """Return the persons whose line manager somebody is on `day`, by name.

    Looks only at the units the manager leads and at assignments that name the manager.
    """
    led = Unit.objects.filter(manager_id=manager_id, closed_on__isnull=True).values_list("path", flat=True)
    candidates = Q(manager_id=manager_id)
    for path in led:
        candidates |= Q(unit__path__startswith=path)
    ids = Assignment.objects.filter(candidates, in_force(day), in_force(day, "tie__")).values_list(
        "tie__person_id", flat=True
    )
    mine = [p for p, m in managers_of(person_ids=set(ids), day=day).items() if m == manager_id]
    return Person.objects.filter(pk__in=mine, deactivated_at=None).order_by("sort_key", "id")


def leads(*, person_id: int) -> bool:
    """Say whether a person manages a unit or is named manager of an assignment."""
    return (
        Unit.objects.filter(manager_id=person_id, closed_on__isnull=True).exists()
        or Assignment.objects.filter(manager_id=person_id, until__isnull=True).exists()
    )


def colleagues(*, person_id: int, day: date) -> QuerySet[Person]:
    """Return the persons of the same unit on `day`, without the person asked about."""
    mine = placement(person_id=person_id, day=day)
    if mine is None:
        return Person.objects.none()
    ids = Assignment.objects.filter(in_force(day), in_force(day, "tie__"), unit_id=mine.unit_id).values(
        "tie__person_id"
    )
    return Person.objects.filter(pk__in=ids, deactivated_at=None).exclude(pk=person_id).order_by("sort_key", "id")
