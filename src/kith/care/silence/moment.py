"""The moment of silence: one set-based query over everything by which one hears of people."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.care.fields import Field, FieldKind
from kith.care.moments import MOMENTS, Moment, Occurrences, days_after, due
from kith.care.signs import SIGNS, Sign

ANY = "any"
_SQL = """
    SELECT p.id AS person_id, 'since-' || l.day AS occasion, due.due_at
    FROM (
        SELECT h.person_id, max(h.at) AS at FROM ({signs}) AS h
        WHERE h.at >= %(first)s AND h.person_id IS NOT NULL GROUP BY h.person_id HAVING max(h.at) <= %(last)s
    ) AS heard JOIN people_person p ON p.id = heard.person_id
    CROSS JOIN LATERAL (SELECT (heard.at AT TIME ZONE p.zone)::date AS day) AS l
    {due} WHERE due.due_at > %(after)s AND due.due_at <= %(upto)s
"""


def _choices() -> Sequence[tuple[str, str]]:
    return [(ANY, _("anything")), *((name, str(sign.label)) for name, sign in SIGNS.items() if name != "came")]


class Silence(Moment):
    """Nothing was heard of a person for so many days; once a silence. Who never spoke counts from when they came."""

    label = gettext_lazy("Silence")
    fields: Sequence[Field] = (
        Field("days", gettext_lazy("Nothing for so many days"), FieldKind.NUMBER, start=60, least=1, most=730),
        Field("of", gettext_lazy("What was not heard"), FieldKind.CHOICE, choices=_choices, start=ANY),
    )

    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return silences of which the local `hour` on that day lies between two instants."""
        wanted = [sign.sql for name, sign in SIGNS.items() if settings["of"] in {ANY, name}]
        return Occurrences(
            sql=_SQL.format(signs=" UNION ALL ".join(wanted), due=due("(l.day + %(wait)s)")),
            params=days_after(days=int(settings["days"]), after=after, upto=upto, hour=hour),
        )

    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Say since when, and for how long."""
        days = int(settings["days"])
        values = {"days": days, "day": occasion.removeprefix("since-")}
        return ngettext(
            "nothing heard for %(days)s day, since %(day)s", "nothing heard for %(days)s days, since %(day)s",
            days,
        ) % values  # fmt: skip


SIGNS.put("came", Sign(gettext_lazy("they came to us"), "SELECT id AS person_id, created_at AS at FROM people_person"))
SIGNS.put(
    "sign-in",
    Sign(
        gettext_lazy("a sign-in"),
        "SELECT person_id, last_seen_at AS at FROM access_session UNION ALL SELECT person_id, at FROM care_presence",
    ),
)
SIGNS.put("message", Sign(gettext_lazy("a message"), "SELECT author_id AS person_id, at FROM messaging_post"))
MOMENTS.put("silence", Silence())
