"""On which days persons work: by the calendar of the site of an employee, Monday to Friday for everybody else."""

from collections.abc import Collection
from datetime import date

from django.db import connection

from kith.care.programmes.timing import Works
from kith.people.calendars.models import Calendar, Holiday

OFFICE = frozenset(range(5))

CALENDAR_OF = """
    SELECT s.calendar_id FROM people_tie t JOIN people_assignment a ON a.tie_id = t.id
    JOIN people_site s ON s.id = a.site_id
    WHERE t.kind = 'employee' AND t.person_id = {person} AND t.since <= %(calendar_day)s
      AND (t.until IS NULL OR t.until >= %(calendar_day)s)
      AND a.since <= %(calendar_day)s AND (a.until IS NULL OR a.until >= %(calendar_day)s)
    ORDER BY a.since DESC, a.id DESC LIMIT 1
"""


class WorkingDays:
    """The working days of every calendar there is; two queries."""

    def __init__(self) -> None:
        """Read calendars and holidays."""
        self._weekdays: dict[int, frozenset[int]] = {}
        for key, intervals in Calendar.objects.values_list("id", "intervals"):
            worked = frozenset(int(day) for day, spans in intervals.items() if spans)
            self._weekdays[key] = worked or OFFICE
        self._free = set(Holiday.objects.values_list("calendar_id", "date"))

    def of(self, calendar_id: int | None) -> Works:
        """Return whether one works on a day by a calendar."""
        weekdays = self._weekdays.get(calendar_id or 0, OFFICE)
        return lambda day: day.weekday() in weekdays and (calendar_id, day) not in self._free


def calendars_of(*, person_ids: Collection[int], day: date) -> dict[int, int | None]:
    """Return the calendar of each person on `day`. One query."""
    sql = f"SELECT p.id, ({CALENDAR_OF.format(person='p.id')}) FROM people_person p WHERE p.id = ANY(%(ids)s)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, {"ids": list(person_ids), "calendar_day": day})
        return dict(cursor.fetchall())
