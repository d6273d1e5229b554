"""Due work of silence: every few minutes who is there is noted."""

from datetime import datetime, timedelta

from kith.care.silence.actions import note_presence
from kith.kernel.tasks import tick


@tick("care.presence", every=timedelta(minutes=5))
def note(at: datetime) -> None:
    """Note who is there."""
    note_presence(at=at)
