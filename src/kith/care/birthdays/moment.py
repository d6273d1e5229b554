"""The moment birthday: one set-based query over all persons in all zones."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.care.birthdays.dates import celebrated_between
from kith.care.moments import FURTHEST_ZONE, MOMENTS, Moment, Occurrences, due

_SQL = f"""
    SELECT p.id AS person_id, c.occasion, due.due_at
    FROM unnest(%(days)s::date[], %(calendars)s::text[], %(months)s::int[], %(monthdays)s::int[], %(leaps)s::text[],
                %(occasions)s::text[]) AS c (day, calendar, month, monthday, leap, occasion)
    JOIN people_person p ON p.birth_month = c.month AND p.birth_day = c.monthday
         AND p.birthday_calendar = c.calendar AND (c.leap = '' OR p.leap_day = c.leap)
    {due("c.day")}
    WHERE due.due_at > %(after)s AND due.due_at <= %(upto)s AND due.due_at > p.created_at - interval '1 day'
"""  # noqa: S608  (only our own SQL words)


class Birthday(Moment):
    """Birthdays as their owners count them."""

    label = gettext_lazy("Birthday")

    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return birthdays whose local `hour` lies between two instants."""
        del settings
        births = celebrated_between((after - FURTHEST_ZONE).date(), (upto + FURTHEST_ZONE).date())
        return Occurrences(
            sql=_SQL,
            params={
                "days": [b.day for b in births],
                "calendars": [b.calendar for b in births],
                "months": [b.month for b in births],
                "monthdays": [b.day_of_month for b in births],
                "leaps": [b.leap_day for b in births],
                "occasions": [b.occasion for b in births],
                "hour": hour,
                "after": after,
                "upto": upto,
            },
        )

    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Say which birthday."""
        del settings
        kind, _dash, year = occasion.rpartition("-")
        return _("birthday of the lunar year %s") % year if kind == "lunar" else _("birthday in %s") % year


MOMENTS.put("birthday", Birthday())
