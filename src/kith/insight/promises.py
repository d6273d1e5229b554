"""The measures of promises, which stand on a lower floor and so cannot put them on the shelf themselves."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kith.insight.measures.shelf import Better, Measure, MeasureValue, put
from kith.promises.commitments.queries import Keeping, keeping, overdue, unsettled
from kith.promises.commitments.units import in_days

PERIOD = timedelta(days=90)


def _lately(at: datetime) -> Keeping:
    return keeping(since=at - PERIOD, until=at, at=at)


def kept_in_time(at: datetime) -> MeasureValue:
    """Return the share in percent of what was due in the last 90 days that was kept in time."""
    found = _lately(at)
    return MeasureValue(found.in_time_share, base=found.due)


def median_days(at: datetime) -> MeasureValue:
    """Return how many days keeping took in the middle, of what was kept in the last 90 days."""
    found = _lately(at)
    return MeasureValue(in_days(found.median), base=found.kept)


def p95_days(at: datetime) -> MeasureValue:
    """Return within how many days 95 of 100 were kept, of what was kept in the last 90 days."""
    found = _lately(at)
    return MeasureValue(in_days(found.p95), base=found.kept)


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
        "promises.p95-days",
        _("Days within which 95 of 100 promises are kept"),
        _("days"),
        _("Of what was kept in the last 90 days, 95 of 100 took at most this long, from the promise to its proof."),
        p95_days,
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
