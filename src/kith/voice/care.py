"""What voice gives to care: the moment of a low rating, and its signs that somebody is there."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.care.fields import Field, FieldKind
from kith.care.moments import MOMENTS, Moment, Occurrences, days_after, due
from kith.care.signs import SIGNS, Sign

ANY = "any"
_SQL = f"""
    SELECT p.id AS person_id, 'rating-' || r.id AS occasion, due.due_at
    FROM voice_rating r JOIN people_person p ON p.id = r.person_id
    {due("((r.at AT TIME ZONE p.zone)::date + %(wait)s)")}
    WHERE r.stars <= %(stars)s AND (%(of)s = 'any' OR r.subject LIKE %(of)s || ':%%')
    AND r.at BETWEEN %(first)s AND %(last)s AND due.due_at >= r.at
    AND due.due_at > %(after)s AND due.due_at <= %(upto)s
"""  # noqa: S608  (only our own SQL words)


def _rated() -> Sequence[tuple[str, str]]:
    return (
        (ANY, _("anything")), ("idea", _("an answer to an idea")), ("request", _("help with a request")),
        ("product", _("a product")), ("order", _("an order")),
    )  # fmt: skip


class LowRating(Moment):
    """So many days after somebody gave few stars; once a rating, also when they change it."""

    label = gettext_lazy("Low rating")
    fields: Sequence[Field] = (
        Field("stars", gettext_lazy("So many stars or fewer"), FieldKind.NUMBER, start=2, least=1, most=4),
        Field("of", gettext_lazy("What was rated"), FieldKind.CHOICE, choices=_rated, start=ANY),
        Field("days", gettext_lazy("So many days after"), FieldKind.NUMBER, start=1, least=1, most=60),
    )

    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return low ratings of which the local `hour` on that day lies between two instants."""
        span = days_after(days=int(settings["days"]), after=after, upto=upto, hour=hour)
        return Occurrences(sql=_SQL, params={**span, "stars": int(settings["stars"]), "of": settings["of"]})

    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Say that few stars were given."""
        del occasion
        return _("gave %s stars or fewer") % int(settings["stars"])


MOMENTS.put("low-rating", LowRating())
SIGNS.put(
    "idea",
    Sign(
        gettext_lazy("an idea"),
        "SELECT author_id AS person_id, submitted_at AS at FROM voice_idea "
        "UNION ALL SELECT author_id, at FROM voice_comment UNION ALL SELECT person_id, at FROM voice_rating",
    ),
)
