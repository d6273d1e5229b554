"""Due work of measures."""

from datetime import datetime, timedelta

from kith.insight.measures.actions import measure_all
from kith.kernel.tasks import tick


@tick("insight.measure", every=timedelta(hours=1))
def measure(at: datetime) -> None:
    """Keep the day's figures; the last look of a day stays."""
    measure_all(at=at)
