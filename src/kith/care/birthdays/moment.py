"""The moment birthday: one set-based query over all persons in all zones."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from kith.care.birthdays.dates import celebrated_between
from kith.care.moments import MOMENTS, Occurrences

_DUE = "((c.day + make_interval(hours => %(hour)s)) AT TIME ZONE p.zone)"
_SQL = f"""
    SELECT p.id AS person_id, c.occasion, {_DUE} AS due_at
    FROM unnest(%(days)s::date[], %(calendars)s::text[], %(months)s::int[], %(monthdays)s::int[], %(leaps)s::text[],
                %(occasions)s::text[]) AS c (day, calendar, month, monthday, leap, occasion)
    JOIN people_person p ON p.birth_month = c.month AND p.birth_day = c.monthday
         AND p.birthday_calendar = c.calendar AND (c.leap = '' OR p.leap_day = c.leap)
    WHERE {_DUE} > %(after)s AND {_DUE} <= %(upto)s AND {_DUE} > p.created_at - interval '1 day'
"""  # noqa: S608  (only our own SQL words)
_FURTHEST_ZONE = timedelta(hours=15)


class Birthday:
    """Birthdays as their owners count them."""

    label = _("Birthday")

    def between(self, *, after: datetime, upto: datetime, hour: int) -> Occurrences:
        """Return birthdays whose local `hour` lies between two instants."""
        births = celebrated_between((after - _FURTHEST_ZONE).date(), (upto + _FURTHEST_ZONE).date())
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


MOMENTS.put("birthday", Birthday())
