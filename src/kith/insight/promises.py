"""The measures of promises, which stand on a lower floor and so cannot put them on the shelf themselves."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kith.insight.measures.shelf import Better, Measure, MeasureValue, put
from kith.promises.commitments.queries import Keeping, keeping, overdue, unsettled

PERIOD = timedelta(days=90)
DAY = timedelta(days=1)


def _lately(at: datetime) -> Keeping:
    return keeping(since=at - PERIOD, until=at, at=at)


def kept_in_time(at: datetime) -> MeasureValue:
    """Return the share in percent of what was due in the last 90 days that was kept in time."""
    found = _lately(at)
    return MeasureValue(found.in_time_share, base=found.due)


def median_days(at: datetime) -> MeasureValue:
    """Return how many days keeping took in the middle, of what was kept in the last 90 days."""
    found = _lately(at)
    days = None if found.median is None else Decimal(found.median / DAY).quantize(Decimal("0.1"))
    return MeasureValue(days, base=found.kept)


def overdue_now(at: datetime) -> MeasureValue:
    """Return how many promises are overdue."""
    return MeasureValue(Decimal(overdue(at=at).count()), base=unsettled().count())


put(
    Measure(
        "promises.kept-in-time",
        _("Promises kept in time"),
        "%",
        _("Of everything that was due in the last 90 days, the share that was kept before its due time."),
        kept_in_time,
        decimals=1,
    )
)
put(
    Measure(
        "promises.median-days",
        _("Days until a promise is kept"),
        _("days"),
        _("Half of what was kept in the last 90 days took less, half took more, from the promise to its proof."),
        median_days,
        better=Better.LOWER,
        decimals=1,
    )
)
put(
    Measure(
        "promises.overdue",
        _("Overdue promises"),
        _("promises"),
        _("How many promises are past their due time and neither kept nor paused."),
        overdue_now,
        better=Better.LOWER,
    )
)
