"""On which days persons work: by the calendar of the site of an employee, Monday to Friday for everybody else."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection

from kith.care.programmes.timing import Works
from kith.people.calendars.models import Calendar, Holiday, HoursVersion

OFFICE = frozenset(range(5))

CALENDAR_OF = """
    SELECT s.calendar_id FROM people_tie t JOIN people_assignment a ON a.tie_id = t.id
    JOIN people_site s ON s.id = a.site_id
    WHERE t.kind = 'employee' AND t.person_id = {person} AND t.since <= %(calendar_day)s
      AND (t.until IS NULL OR t.until >= %(calendar_day)s)
      AND a.since <= %(calendar_day)s AND (a.until IS NULL OR a.until >= %(calendar_day)s)
    ORDER BY a.since DESC, a.id DESC LIMIT 1
"""

WORKS = """
    (SELECT CASE WHEN EXISTS (SELECT 1 FROM jsonb_each(hours.week) AS e WHERE jsonb_array_length(e.value) > 0)
         THEN jsonb_array_length(coalesce(hours.week -> (extract(isodow FROM {day})::int - 1)::text, '[]'::jsonb)) > 0
         ELSE extract(isodow FROM {day}) <= 5 END
     FROM (SELECT coalesce((SELECT v.intervals FROM people_hoursversion v
                            WHERE v.calendar_id = k.id AND v.valid_from <= {day}
                            ORDER BY v.valid_from DESC LIMIT 1), k.intervals) AS week) AS hours)
    AND NOT EXISTS (SELECT 1 FROM people_holiday h WHERE h.calendar_id = k.id AND h.date = {day})
"""
"""The same as `WorkingDays.of`, in SQL, for the calendar `k` and a date."""


class WorkingDays:
    """The working days of every calendar there is, also after its hours changed; three queries."""

    def __init__(self) -> None:
        """Read calendars, the changes of their hours, and holidays."""
        self._weeks: dict[int, list[tuple[date, frozenset[int]]]] = {
            key: [(date.min, _worked(intervals))] for key, intervals in Calendar.objects.values_list("id", "intervals")
        }
        for version in HoursVersion.objects.order_by("valid_from"):
            self._weeks[version.calendar_id].append((version.valid_from, _worked(version.intervals)))
        self._free = set(Holiday.objects.values_list("calendar_id", "date"))

    def of(self, calendar_id: int | None) -> Works:
        """Return whether one works on a day by a calendar."""
        weeks = self._weeks.get(calendar_id or 0, [(date.min, OFFICE)])

        def works(day: date) -> bool:
            weekdays = next(worked for first, worked in reversed(weeks) if first <= day)
            return day.weekday() in weekdays and (calendar_id, day) not in self._free

        return works


def _worked(intervals: dict[str, Any]) -> frozenset[int]:
    """Return the weekdays with hours, Monday to Friday where there are none at all."""
    return frozenset(int(day) for day, spans in intervals.items() if spans) or OFFICE


def calendars_of(*, person_ids: Collection[int], day: date) -> dict[int, int | None]:
    """Return the calendar of each person on `day`. One query."""
    sql = f"SELECT p.id, ({CALENDAR_OF.format(person='p.id')}) FROM people_person p WHERE p.id = ANY(%(ids)s)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, {"ids": list(person_ids), "calendar_day": day})
        return dict(cursor.fetchall())
