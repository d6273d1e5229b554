"""The dry run: a version on a virtual clock over the real data. The same statement and the same days as the round."""

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from kith.care.kindnesses import KINDNESSES
from kith.care.moments import MOMENTS
from kith.care.programmes.actions import LATE, STILL_WELCOME
from kith.care.programmes.calendars import CALENDAR_OF, WorkingDays
from kith.care.programmes.models import ProgrammeVersion
from kith.care.programmes.queries import statement
from kith.care.programmes.timing import Works, needs_calendars, planned
from kith.care.programmes.tree import nodes
from kith.people.persons.models import Person
from kith.people.persons.queries import by_ids

FIRST = 20
_FOUND = """
    WITH f AS MATERIALIZED ({found}), g AS MATERIALIZED (
        SELECT f.*, (f.due_at AT TIME ZONE p.zone)::date AS day, {calendar} AS calendar_id
        FROM f JOIN people_person p ON p.id = f.person_id)
"""
_COUNTS = "SELECT day, calendar_id, count(*), NULL::timestamptz FROM g GROUP BY day, calendar_id"
_EVERY = "SELECT day, calendar_id, 1, due_at FROM g ORDER BY due_at, person_id"
_FIRST = """
    SELECT person_id, occasion, due_at, day, calendar_id, (SELECT count(DISTINCT person_id) FROM g) AS people
    FROM g ORDER BY due_at, person_id LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Entry:
    """So many entries (`number`) on a local `day` by one calendar; `due_at` where each is looked at by itself."""

    day: date
    calendar_id: int | None
    number: int
    due_at: datetime | None = None


@dataclass(frozen=True)
class Foreseen:
    """One run that would happen: why, when, and the day of each step."""

    person: Person
    occasion: str
    why: str
    due_at: datetime
    days: Sequence[date | None]

    @property
    def last(self) -> date | None:
        """The day of the last step."""
        return max((day for day in self.days if day is not None), default=None)


@dataclass
class Rehearsal:
    """What would happen: entries, persons, how often each step would be done in each month, and the first runs.

    `late` entries begin later because only so many may be inside, `lost` ones would wait for more than a week.
    """

    steps: list[str]
    kindnesses: list[str]
    entries: int = 0
    people: int = 0
    late: int = 0
    lost: int = 0
    counts: Counter[tuple[int, date]] = field(default_factory=Counter)
    first: list[Foreseen] = field(default_factory=list)

    @property
    def months(self) -> list[date]:
        """The months in which something happens, by their first day."""
        return sorted({month for _position, month in self.counts})

    def table(self) -> list[tuple[date, list[int]]]:
        """Return (first day of a month, how often each step) for every month in which something happens."""
        return [(month, [self.counts[position, month] for position in range(len(self.steps))]) for month in self.months]


def rehearse(version: ProgrammeVersion, *, after: datetime, upto: datetime, limit: int = FIRST) -> Rehearsal:
    """Return what a version would begin after `after` up to `upto`, and every step that follows from it.

    Nothing is done. Everybody is taken as they are known today: who leaves, refuses or is left alone later on is
    not foreseen, and at a question both sides are counted. Two queries, whatever the number of persons.
    """
    found, params = statement(version, after=after, upto=upto, each_day=True)
    calendar = (
        f"({CALENDAR_OF.format(person='p.id')})"
        if needs_calendars(version.steps, version.on_free_day)
        else "NULL::bigint"
    )
    base = _FOUND.format(found=found, calendar=calendar)
    params |= {"calendar_day": after.date(), "limit": limit}
    days, laid = WorkingDays(), nodes(version.steps)
    result = Rehearsal(
        steps=[KINDNESSES.get(node.kindness).explain(step=node.step) for node in laid],
        kindnesses=[node.kindness for node in laid],
    )
    with connection.cursor() as cursor:
        cursor.execute(base + (_EVERY if version.at_once else _COUNTS), params)
        entries: Iterable[Entry] = [Entry(*row) for row in cursor.fetchall()]
        cursor.execute(base + _FIRST, params)
        rows = cursor.fetchall()
    if version.at_once:
        entries = _one_at_a_time(version, entries, days, result)
    _count(version, entries, days, result)
    result.people = rows[0][5] if rows else 0
    result.first = _foreseen(version, rows, days)
    return result


def _count(version: ProgrammeVersion, entries: Iterable[Entry], days: WorkingDays, result: Rehearsal) -> None:
    for entry in entries:
        result.entries += entry.number
        for position, day in enumerate(
            planned(version.steps, entry.day, days.of(entry.calendar_id), version.on_free_day)
        ):
            if day is not None:
                result.counts[position, day.replace(day=1)] += entry.number


def _days(version: ProgrammeVersion, day: date, works: Works) -> list[date]:
    """Return the days of the steps that some path comes to."""
    return [each for each in planned(version.steps, day, works, version.on_free_day) if each is not None]


def _one_at_a_time(
    version: ProgrammeVersion, entries: Iterable[Entry], days: WorkingDays, result: Rehearsal
) -> list[Entry]:
    """Let entries wait for room: at most `at_once` are inside, each until its last step; who waits too long is lost."""
    inside: list[datetime] = []
    let_in = []
    for entry in entries:
        if entry.due_at is None:
            continue
        begins = entry.due_at
        while inside and inside[0] <= begins:
            heapq.heappop(inside)
        if len(inside) >= (version.at_once or 0):
            begins = heapq.heappop(inside)
        if begins - entry.due_at >= STILL_WELCOME:
            heapq.heappush(inside, begins)
            result.lost += 1
            continue
        waited = begins - entry.due_at
        result.late += waited > timedelta()
        day = entry.day + timedelta(days=waited.days) if waited >= LATE else entry.day
        reached = _days(version, day, days.of(entry.calendar_id))
        heapq.heappush(inside, begins + (max(reached, default=day) - day))
        let_in.append(Entry(day, entry.calendar_id, 1, begins))
    return let_in


def _foreseen(version: ProgrammeVersion, rows: Sequence[tuple[Any, ...]], days: WorkingDays) -> list[Foreseen]:
    moment = MOMENTS.get(version.programme.moment)
    people = by_ids(ids=[row[0] for row in rows])
    return [
        Foreseen(
            person=people[person_id],
            occasion=occasion,
            why=moment.explain(occasion=occasion, settings=version.settings),
            due_at=due_at,
            days=planned(version.steps, day, days.of(calendar_id), version.on_free_day),
        )
        for person_id, occasion, due_at, day, calendar_id, _people in rows
    ]
