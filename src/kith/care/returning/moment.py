"""The moment of return: the first day after an absence of at least so many days, adjoining absences being one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.care.fields import Field, FieldKind
from kith.care.moments import FURTHEST_ZONE, MOMENTS, Moment, Occurrences, due

_SQL = f"""
    SELECT p.id AS person_id, 'back-' || (b.until + 1) AS occasion, due.due_at
    FROM (SELECT DISTINCT a.person_id, a.until FROM people_absence a
          WHERE a.until >= %(first)s AND a.until <= %(last)s AND NOT EXISTS (
              SELECT 1 FROM people_absence o WHERE o.person_id = a.person_id
              AND o.since <= a.until + 1 AND o.until > a.until)) AS b
    JOIN people_person p ON p.id = b.person_id
    {due("(b.until + 1)")}
    WHERE due.due_at > %(after)s AND due.due_at <= %(upto)s AND b.until - (
        SELECT max(i.since) FROM (
            SELECT s.since, max(s.until) OVER (
                ORDER BY s.since, s.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
            FROM people_absence s WHERE s.person_id = b.person_id AND s.since <= b.until) AS i
        WHERE i.before IS NULL OR i.before < i.since - 1) + 1 >= %(least)s
"""  # noqa: S608  (only our own SQL words)
"""An island of absences begins where everything before it ended earlier than the day before."""


class Return(Moment):
    """Coming back after at least `days` days."""

    label = gettext_lazy("Back after a long absence")
    fields: Sequence[Field] = (
        Field("days", gettext_lazy("Away for at least so many days"), FieldKind.NUMBER, start=30, least=5, most=1000),
    )

    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return first days back whose local `hour` lies between two instants."""
        return Occurrences(
            sql=_SQL,
            params={
                "first": (after - FURTHEST_ZONE).date() - timedelta(days=1),
                "last": (upto + FURTHEST_ZONE).date(),
                "least": int(settings["days"]),
                "hour": hour,
                "after": after,
                "upto": upto,
            },
        )

    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Say that somebody is back."""
        del occasion, settings
        return _("first day back")


MOMENTS.put("return", Return())
