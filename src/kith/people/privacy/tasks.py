"""Due work: what is kept too long ends, every day."""

from datetime import datetime, timedelta

from kith.kernel.tasks import tick
from kith.people.privacy.shelf import HOLDINGS


@tick("people.end-retention", every=timedelta(days=1))
def end_retention(at: datetime) -> None:
    """Delete what every holding has kept for longer than it says."""
    for holding in HOLDINGS:
        for retention in holding.retentions:
            retention.end(at)
