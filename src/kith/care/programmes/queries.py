"""Reads of programmes: a dry run on a virtual clock, and what has happened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from kith.care.moments import MOMENTS
from kith.care.programmes.models import Programme, ProgrammeVersion, Run
from kith.people.persons.models import Person
from kith.people.persons.queries import by_ids
from kith.people.segments.queries import audience_sql


def statement(version: ProgrammeVersion, *, after: datetime, upto: datetime) -> tuple[str, dict[str, Any]]:
    """Return the SELECT (person_id, occasion, due_at) of a version's occurrences between two instants."""
    found = MOMENTS.get(version.programme.moment).between(after=after, upto=upto, hour=version.hour)
    audience = audience_sql(rule=version.rule, day=upto.date())
    return f"{found.sql} AND ({audience.where})", {**audience.params, **found.params}


@dataclass(frozen=True)
class Foreseen:
    """One run that would happen."""

    person: Person
    occasion: str
    due_at: datetime


def dry_run(version: ProgrammeVersion, *, at: datetime, days: int = 30, limit: int = 20) -> tuple[int, list[Foreseen]]:
    """Return how many runs would happen in the next `days`, and the first of them; nothing is done."""
    sql, params = statement(version, after=at, upto=at + timedelta(days=days))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) OVER (), f.* FROM ({sql}) AS f ORDER BY due_at, person_id LIMIT %(limit)s",  # noqa: S608
                       {**params, "limit": limit})  # fmt: skip
        rows = cursor.fetchall()
    people = by_ids(ids=[row[1] for row in rows])
    return (rows[0][0] if rows else 0), [Foreseen(people[row[1]], row[2], row[3]) for row in rows]


def programmes() -> QuerySet[Programme]:
    """Return every programme with the version that holds."""
    return Programme.objects.select_related("current").order_by("id")


def runs_of(programme: Programme) -> QuerySet[Run]:
    """Return a programme's runs, newest first."""
    return programme.runs.select_related("person").order_by("-id")
