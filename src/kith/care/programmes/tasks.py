"""Due work of care: each minute what has come is begun and done."""

from datetime import datetime, timedelta

from kith.care.programmes.actions import begin_due, do_due
from kith.kernel.tasks import tick


@tick("care.round", every=timedelta(minutes=1))
def go_round(at: datetime) -> None:
    """Begin what is due, and do it."""
    begin_due(at=at)
    do_due(at=at)
