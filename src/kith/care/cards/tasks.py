"""Due work of group cards: each minute those whose hour has come are handed over."""

from datetime import datetime, timedelta

from kith.care.cards.actions import deliver_due
from kith.kernel.tasks import tick


@tick("care.cards", every=timedelta(minutes=1))
def hand_over(at: datetime) -> None:
    """Hand over what is due."""
    deliver_due(at=at)
