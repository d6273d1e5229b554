"""The moments of what is about to end: retirement, a contract, an insurance; one set-based query each."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from kith.care.fields import Field, FieldKind
from kith.care.moments import FURTHEST_ZONE, MOMENTS, Moment, Occurrences, due
from kith.care.terms.models import TermKind

_SQL = f"""
    SELECT p.id AS person_id, e.kind || '-' || e.ends_on AS occasion, due.due_at
    FROM care_term e JOIN people_person p ON p.id = e.person_id {due("(e.ends_on - %(ahead)s)")}
    WHERE e.kind = %(kind)s AND e.ends_on BETWEEN %(first)s AND %(last)s
    AND due.due_at > %(after)s AND due.due_at <= %(upto)s
"""  # noqa: S608  (only our own SQL words)


class Ending(Moment):
    """So many days before something of a person ends; 0 is the last day itself."""

    placeholders: Sequence[str] = ("day",)

    def __init__(self, kind: TermKind, label: StrOrPromise, *, start: int) -> None:
        """Be the moment of one kind, by default `start` days ahead."""
        self.kind, self.label = kind, label
        self.fields: Sequence[Field] = (
            Field("days", gettext_lazy("So many days before"), FieldKind.NUMBER, start=start, least=0, most=366),
        )

    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return endings of which the local `hour` that many days before lies between two instants."""
        ahead = timedelta(days=int(settings["days"]))
        return Occurrences(
            sql=_SQL,
            params={
                "kind": self.kind.value, "ahead": ahead.days, "hour": hour, "after": after, "upto": upto,
                "first": (after + ahead - FURTHEST_ZONE).date(), "last": (upto + ahead + FURTHEST_ZONE).date(),
            },
        )  # fmt: skip

    def values(self, occasion: str) -> dict[str, str]:
        """Return the last day."""
        return {"day": occasion.removeprefix(f"{self.kind.value}-")}

    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Say what ends when, and how many days before this is."""
        days = int(settings["days"])
        values = {"what": TermKind(self.kind).label, "day": self.values(occasion)["day"], "days": days}
        return (
            ngettext(
                "%(what)s: ends on %(day)s, %(days)s day ahead", "%(what)s: ends on %(day)s, %(days)s days ahead", days
            )
            % values
        )


MOMENTS.put("retirement", Ending(TermKind.RETIREMENT, gettext_lazy("Retirement"), start=30))
MOMENTS.put("contract-ends", Ending(TermKind.CONTRACT, gettext_lazy("A contract is about to end"), start=60))
MOMENTS.put("insurance-ends", Ending(TermKind.INSURANCE, gettext_lazy("An insurance is about to end"), start=30))
