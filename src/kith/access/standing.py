"""Who someone is, in the columns of one query: login, person, roles, employment. Sessions and tokens share it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import connection, models

from kith.access.logins.models import Login
from kith.kernel import clock
from kith.people.persons.models import Person

M = TypeVar("M", bound=models.Model)
_LOGIN_FIELDS = ("id", "person_id", "username", "epoch", "active", "created_at")
_EXTRA = """
    ARRAY(SELECT DISTINCT g.role FROM access_grant g WHERE g.person_id = p.id AND g.unit_id IS NULL
          AND g.since <= %(at)s AND (g.until IS NULL OR g.until > %(at)s)),
    ARRAY(SELECT t.since FROM people_tie t WHERE t.person_id = p.id AND t.kind = 'employee' ORDER BY t.id),
    ARRAY(SELECT t.until FROM people_tie t WHERE t.person_id = p.id AND t.kind = 'employee' ORDER BY t.id),
    EXISTS (SELECT 1 FROM people_unit u WHERE u.manager_id = p.id AND u.closed_on IS NULL)
        OR EXISTS (SELECT 1 FROM people_assignment a WHERE a.manager_id = p.id AND a.until IS NULL)
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who someone is at an instant. `employments` are (since, until) with both days included, None: open."""

    person: Person
    login: Login | None
    roles: frozenset[str]
    employments: tuple[tuple[date, date | None], ...]
    manages: bool

    def employed(self, *, at: datetime) -> bool:
        """Say whether the person is an employee on the day that it is at `at` where they live."""
        try:
            day = clock.local_date(at, self.person.zone)
        except (ZoneInfoNotFoundError, ValueError):
            day = at.astimezone(ZoneInfo("UTC")).date()
        return any(since <= day and (until is None or day <= until) for since, until in self.employments)


@cache
def _fields(model: type[models.Model]) -> tuple[tuple[str, ...], tuple[tuple[int, Callable[..., Any]], ...]]:
    """Return a model's columns, and the converters of those columns that need one, by position."""
    fields = model._meta.concrete_fields  # noqa: SLF001  (Django's documented model API)
    converters = tuple((i, f) for i, field in enumerate(fields) for f in field.get_db_converters(connection))
    return tuple(field.attname for field in fields), converters


def columns_of(model: type[models.Model], alias: str) -> str:
    """Return the columns of `model` for a SELECT, from the table called `alias`."""
    return ", ".join(f'{alias}."{name}"' for name in _fields(model)[0])


def instance_of(model: type[M], values: Sequence[Any]) -> M:
    """Return the row of `model` that `columns_of` selected."""
    names, converters = _fields(model)
    row = list(values)
    for position, convert in converters:
        row[position] = convert(row[position], None, connection)
    return model.from_db(connection.alias, names, row)


@cache
def columns() -> str:
    """Return the columns that `read` reads, for tables `l` (login), `p` (person) and the parameter `at`."""
    login = ", ".join(f"l.{name}" for name in _LOGIN_FIELDS)
    return f"{login}, {columns_of(Person, 'p')}, {_EXTRA}"


def width() -> int:
    """Return how many columns `columns` are."""
    return len(_LOGIN_FIELDS) + len(_fields(Person)[0]) + 4


def read(row: Sequence[Any]) -> Standing | None:
    """Return the standing in a row's first `width()` columns; None when the row names no person."""
    person_at = len(_LOGIN_FIELDS)
    extra_at = width() - 4
    if row[person_at] is None:
        return None
    roles, since, until, manages = row[extra_at : extra_at + 4]
    login = Login.from_db(connection.alias, _LOGIN_FIELDS, row[:person_at]) if row[0] is not None else None
    return Standing(
        person=instance_of(Person, row[person_at:extra_at]),
        login=login,
        roles=frozenset(roles),
        employments=tuple(zip(since, until, strict=True)),
        manages=bool(manages),
    )


def standing_of(*, login_id: int, at: datetime) -> Standing:
    """Return the standing of a login in one query; `Login.DoesNotExist` when there is none."""
    statement = (
        "SELECT " + columns() + " FROM access_login l JOIN people_person p ON p.id = l.person_id"  # noqa: S608  (column names only)
        " WHERE l.id = %(id)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"id": login_id, "at": at})
        row = cursor.fetchone()
    found = read(row) if row else None
    if found is None:
        raise Login.DoesNotExist
    return found
