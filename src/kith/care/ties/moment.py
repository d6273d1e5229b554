"""The moments of a tie, each one set-based query over all persons in all zones."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.care.fields import Field, FieldKind
from kith.care.moments import FURTHEST_ZONE, MOMENTS, Moment, Occurrences, due
from kith.care.ties.dates import Round, anniversaries_on, days_between, joined_before
from kith.people.ties.models import TieKind

_IN_FORCE = "(t.until IS NULL OR t.until >= {day}) AND due.due_at > %(after)s AND due.due_at <= %(upto)s"
_ROUNDS = f"""
    SELECT p.id AS person_id, t.since || %(mark)s || c.number AS occasion, due.due_at
    FROM unnest(%(sinces)s::date[], %(days)s::date[], %(numbers)s::int[]) AS c (since, day, number)
    JOIN people_tie t ON t.since = c.since AND t.kind = %(tie)s JOIN people_person p ON p.id = t.person_id
    {due("c.day")} WHERE {_IN_FORCE.format(day="c.day")}
"""  # noqa: S608  (only our own SQL words)
_WEEKS = """
    CROSS JOIN LATERAL (
        SELECT n, t.since + n * %(span)s * 7 AS day FROM generate_series(
            greatest(1, (%(first)s::date - t.since) / (%(span)s * 7)), (%(last)s::date - t.since) / (%(span)s * 7)) AS n
    ) AS c
"""
_MONTHS = """
    CROSS JOIN LATERAL (
        SELECT n, (t.since + make_interval(months => n * %(span)s))::date AS day FROM generate_series(
            greatest(1, months.first / %(span)s), months.last / %(span)s + 1) AS n
    ) AS c
"""
_COUNTED = """
    CROSS JOIN LATERAL (SELECT
        ((extract(year FROM %(first)s::date) - extract(year FROM t.since)) * 12
         + extract(month FROM %(first)s::date) - extract(month FROM t.since))::int AS first,
        ((extract(year FROM %(last)s::date) - extract(year FROM t.since)) * 12
         + extract(month FROM %(last)s::date) - extract(month FROM t.since))::int AS last) AS months
"""


def _regular(rounds: str) -> str:
    return (
        "SELECT p.id AS person_id, t.since || %(mark)s || c.n AS occasion, due.due_at "  # noqa: S608  (only our own SQL words)
        f"FROM people_tie t JOIN people_person p ON p.id = t.person_id {rounds} {due('c.day')} "
        f"WHERE t.kind = %(tie)s AND {_IN_FORCE.format(day='c.day')}"
    )


_REGULAR = {"weeks": _regular(_WEEKS), "months": _regular(_COUNTED + _MONTHS)}


def _ties() -> Sequence[tuple[str, str]]:
    labels = {
        TieKind.EMPLOYEE: _("Employees"), TieKind.CUSTOMER: _("Customers"), TieKind.SUPPLIER: _("Suppliers"),
        TieKind.PARTNER: _("Partners"), TieKind.DEALER: _("Dealers"), TieKind.CANDIDATE: _("Candidates"),
    }  # fmt: skip
    return [(kind.value, labels[kind]) for kind in TieKind]


def _tie_field(start: TieKind) -> Field:
    return Field("tie", gettext_lazy("Counted from the day they became"), FieldKind.CHOICE, start=start.value,
                 choices=_ties)  # fmt: skip


def _of(rounds: Sequence[Round], *, tie: str, mark: str, after: datetime, upto: datetime, hour: int) -> Occurrences:
    return Occurrences(
        sql=_ROUNDS,
        params={
            "sinces": [one.since for one in rounds],
            "days": [one.day for one in rounds],
            "numbers": [one.number for one in rounds],
            "tie": tie, "mark": mark, "hour": hour, "after": after, "upto": upto,
        },
        unique=False,
    )  # fmt: skip


def _number(occasion: str) -> str:
    """Return the number an occasion counts: `2020-05-01+5` is the fifth."""
    return occasion[11:]


class Anniversary(Moment):
    """The day somebody joined, year after year."""

    label = gettext_lazy("Work anniversary")
    fields: Sequence[Field] = (
        _tie_field(TieKind.EMPLOYEE),
        Field("every", gettext_lazy("Every so many years"), FieldKind.NUMBER, start=1, least=1, most=50),
    )
    placeholders: Sequence[str] = ("years",)

    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return anniversaries whose local `hour` lies between two instants."""
        days = days_between((after - FURTHEST_ZONE).date(), (upto + FURTHEST_ZONE).date())
        rounds = [one for day in days for one in anniversaries_on(day, every=int(settings["every"]))]
        return _of(rounds, tie=settings["tie"], mark="+", after=after, upto=upto, hour=hour)

    def values(self, occasion: str) -> dict[str, str]:
        """Return how many years."""
        return {"years": _number(occasion)}

    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Say how many years."""
        del settings
        years = _number(occasion)
        return ngettext("%s year with us", "%s years with us", int(years)) % years


class JoiningDay(Moment):
    """The n-th day after somebody joined; the first day is 1."""

    label = gettext_lazy("A day after joining")
    fields: Sequence[Field] = (
        _tie_field(TieKind.EMPLOYEE),
        Field("number", gettext_lazy("Which day (the first day is 1)"), FieldKind.NUMBER, start=30, least=1, most=1000),
    )
    placeholders: Sequence[str] = ("days",)

    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return the n-th days whose local `hour` lies between two instants."""
        days = days_between((after - FURTHEST_ZONE).date(), (upto + FURTHEST_ZONE).date())
        rounds = [joined_before(day, number=int(settings["number"])) for day in days]
        return _of(rounds, tie=settings["tie"], mark="#", after=after, upto=upto, hour=hour)

    def values(self, occasion: str) -> dict[str, str]:
        """Return which day."""
        return {"days": _number(occasion)}

    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Say which day."""
        del settings
        return _("day %s with us") % _number(occasion)


def _units() -> Sequence[tuple[str, str]]:
    return (("weeks", _("weeks")), ("months", _("months")))


class Regular(Moment):
    """Every n weeks or months since a tie began: nobody waits for an event to be thought of."""

    label = gettext_lazy("Regularly")
    fields: Sequence[Field] = (
        _tie_field(TieKind.CUSTOMER),
        Field("every", gettext_lazy("Every so many"), FieldKind.NUMBER, start=3, least=1, most=104),
        Field("unit", gettext_lazy("Weeks or months"), FieldKind.CHOICE, start="months", choices=_units),
    )

    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return the rounds whose local `hour` lies between two instants."""
        unit = str(settings["unit"])
        return Occurrences(
            sql=_REGULAR[unit],
            params={
                "span": int(settings["every"]), "tie": settings["tie"], "mark": f"/{unit[0]}{settings['every']}.",
                "first": (after - FURTHEST_ZONE).date(), "last": (upto + FURTHEST_ZONE).date(),
                "hour": hour, "after": after, "upto": upto,
            },
            unique=False,
        )  # fmt: skip

    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Say for which time it comes round."""
        del settings
        return _("round %s since we know each other") % occasion.rpartition(".")[2]


MOMENTS.put("anniversary", Anniversary())
MOMENTS.put("joining-day", JoiningDay())
MOMENTS.put("regular", Regular())
