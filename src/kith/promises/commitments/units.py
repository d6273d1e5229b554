"""The units beside each other: what each owes now, and how it kept what it promised in the last 90 days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from kith.people.organizations.models import Unit
from kith.promises.commitments.queries import Keeping, Waiting, keeping_by_unit, waiting_by_unit

PERIOD = timedelta(days=90)
_DAY = timedelta(days=1)
_NOTHING = Keeping(in_time=0, late=0, owed=0, kept=0, median=None, p95=None)


def in_days(took: timedelta | None) -> Decimal | None:
    """Return a duration in days with one decimal, None where there is none."""
    return None if took is None else (Decimal(took / _DAY)).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class UnitRow:
    """A unit (None: owners without one), what it owes now, and how it kept its promises."""

    unit: Unit | None
    waiting: Waiting
    keeping: Keeping

    @property
    def median(self) -> Decimal | None:
        """Days it took in the middle."""
        return in_days(self.keeping.median)

    @property
    def p95(self) -> Decimal | None:
        """Days within which 95 of 100 were kept."""
        return in_days(self.keeping.p95)


def unit_rows(*, at: datetime) -> Sequence[UnitRow]:
    """Return every unit that owes or kept anything lately, the longest wait first. Three queries."""
    waiting = {row.unit_id: row for row in waiting_by_unit(at=at)}
    kept = keeping_by_unit(since=at - PERIOD, until=at, at=at)
    keys = [*waiting, *sorted((key for key in kept if key not in waiting), key=lambda key: (key is None, key or 0))]
    units = Unit.objects.in_bulk([key for key in keys if key is not None])
    none = timedelta()
    return [
        UnitRow(
            unit=units.get(key) if key is not None else None,
            waiting=waiting.get(key) or Waiting(unit_id=key, owed=0, overdue=0, longest=none, average=none),
            keeping=kept.get(key, _NOTHING),
        )
        for key in keys
    ]
