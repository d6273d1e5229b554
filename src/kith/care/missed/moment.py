"""The moment of a promise that was not kept in time, for whoever waits for it; one set-based query."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.care.fields import Field, FieldKind
from kith.care.moments import MOMENTS, Moment, Occurrences, days_after, due
from kith.promises.kinds import KINDS

ANY = "any"
_SQL = f"""
    SELECT p.id AS person_id, 'promise-' || q.id AS occasion, due.due_at
    FROM promises_promise q JOIN people_person p ON p.id = q.waiting_person_id
    {due("((q.due_at AT TIME ZONE p.zone)::date + %(wait)s)")}
    WHERE (q.state = 'open' OR q.state = 'kept' AND q.kept_at > due.due_at)
    AND (%(kind)s = 'any' OR q.kind = %(kind)s) AND q.due_at BETWEEN %(first)s AND %(last)s
    AND due.due_at > %(after)s AND due.due_at <= %(upto)s
"""  # noqa: S608  (only our own SQL words)


def _kinds() -> Sequence[tuple[str, str]]:
    return [(ANY, _("any promise")), *((kind.code, str(kind.label)) for kind in KINDS)]


class PromiseMissed(Moment):
    """So many days after a promise was due, and nobody had kept it; once a promise. A pause is not a miss."""

    label = gettext_lazy("Promise missed")
    fields: Sequence[Field] = (
        Field("kind", gettext_lazy("Which promise"), FieldKind.CHOICE, choices=_kinds, start=ANY),
        Field("days", gettext_lazy("So many days after"), FieldKind.NUMBER, start=1, least=1, most=90),
    )

    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return promises that were not kept when the local `hour` on that day, between two instants, had come."""
        span = days_after(days=int(settings["days"]), after=after, upto=upto, hour=hour)
        return Occurrences(sql=_SQL, params={**span, "kind": settings["kind"]})

    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Say that something was promised and is not kept."""
        del occasion, settings
        return _("what was promised to them was not kept in time")


MOMENTS.put("promise-missed", PromiseMissed())
