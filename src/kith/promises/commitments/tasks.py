"""Due work of promises."""

from datetime import datetime, timedelta

from kith.kernel.tasks import tick
from kith.promises.commitments import escalation, passing


@tick("promises.look", every=timedelta(minutes=1))
def look(at: datetime) -> None:
    """Look at what is due: end pauses, escalate what is late."""
    escalation.look(at=at)


@tick("promises.sweep", every=timedelta(minutes=10))
def sweep(at: datetime) -> None:
    """Pass on what is owed by people who left or are away."""
    passing.sweep(at=at)
