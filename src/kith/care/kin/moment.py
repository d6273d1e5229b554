"""The moment of a birth: one set-based query over all parents in all zones."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.care.fields import Field, FieldKind
from kith.care.moments import FURTHEST_ZONE, MOMENTS, Moment, Occurrences, due

_SQL = f"""
    SELECT p.id AS person_id, 'child-' || c.id AS occasion, due.due_at
    FROM care_child c JOIN people_person p ON p.id = c.person_id
    {due("greatest(c.born_on + %(wait)s, (c.consented_at AT TIME ZONE p.zone)::date)")}
    WHERE (c.born_on BETWEEN %(first)s AND %(last)s OR c.consented_at BETWEEN %(told_first)s AND %(told_last)s)
    AND due.due_at > %(after)s AND due.due_at <= %(upto)s
"""  # noqa: S608  (only our own SQL words)


class ChildBorn(Moment):
    """So many days after a child was born, or on the day on which its parent told of it where that is later."""

    label = gettext_lazy("Child born")
    fields: Sequence[Field] = (
        Field("days", gettext_lazy("So many days after"), FieldKind.NUMBER, start=7, least=0, most=365),
    )

    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return births of which the local `hour` on that day lies between two instants."""
        wait, slack = timedelta(days=int(settings["days"])), FURTHEST_ZONE + timedelta(days=1)
        return Occurrences(
            sql=_SQL,
            params={
                "wait": wait.days, "first": (after - wait - slack).date(), "last": (upto - wait + slack).date(),
                "told_first": after - slack, "told_last": upto + slack, "hour": hour, "after": after, "upto": upto,
            },
        )  # fmt: skip

    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Say that a child was born."""
        del occasion, settings
        return _("a child was born, as they told us")


MOMENTS.put("child-born", ChildBorn())
