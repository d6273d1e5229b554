"""Due work of conversations: reminders of what is unread, and rosters in step with their rules."""

from datetime import datetime, timedelta

from kith.kernel.tasks import tick
from kith.messaging.conversations import jobs
from kith.messaging.conversations.nudging import PEOPLE, nudge
from kith.messaging.conversations.rosters import sync_all

__all__ = ["follow", "jobs", "remind"]
ROUNDS = 20


@tick("messaging.remind-of-unread", every=timedelta(minutes=1))
def remind(at: datetime) -> None:
    """Remind whoever has something unread since five minutes; at most 10,000 persons in one round."""
    for _round in range(ROUNDS):
        if nudge(at=at) < PEOPLE:
            return


@tick("messaging.follow-rules", every=timedelta(minutes=5))
def follow(at: datetime) -> None:
    """Let people come into rosters and go as their rules say."""
    sync_all(at=at)
