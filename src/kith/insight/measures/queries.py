"""Reads of measures: what they were, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kith.insight.measures.models import Snapshot
from kith.insight.measures.shelf import MEASURES, Better, Measure


@dataclass(frozen=True)
class Series:
    """A measure and its days, oldest first. Days without anything to measure are left out."""

    measure: Measure
    days: Sequence[Snapshot]

    @property
    def latest(self) -> Snapshot | None:
        """The newest day with a figure."""
        return self.days[-1] if self.days else None

    @property
    def change(self) -> Decimal | None:
        """How much the newest figure differs from the oldest; None with fewer than two."""
        if len(self.days) < 2:  # noqa: PLR2004  (a difference needs two)
            return None
        first, last = self.days[0].value, self.days[-1].value
        return last - first if first is not None and last is not None else None

    @property
    def tone(self) -> str:
        """Whether it goes the right way: `ok`, `danger`, or `neutral` where nobody can say."""
        if not self.change or self.measure.better == Better.NEITHER:
            return "neutral"
        return "ok" if (self.change > 0) == (self.measure.better == Better.HIGHER) else "danger"


def board(*, until: date, days: int) -> list[Series]:
    """Return every measure on the shelf with its last `days` days up to `until`, by code. One query."""
    rows = Snapshot.objects.filter(day__gt=until - timedelta(days=days), day__lte=until, value__isnull=False)
    by_code: dict[str, list[Snapshot]] = {}
    for row in rows.order_by("code", "day"):
        by_code.setdefault(row.code, []).append(row)
    return [Series(measure=measure, days=by_code.get(measure.code, [])) for measure in MEASURES]
