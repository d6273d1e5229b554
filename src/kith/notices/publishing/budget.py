"""The urgency budget of a sender, and how well their notices are answered: what they see while they write."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from kith.messaging.deliveries.models import ANSWERED
from kith.notices.publishing.models import Notice
from kith.notices.rulebook.book import Book
from kith.notices.severities import Severity


@dataclass(frozen=True)
class Budget:
    """How many urgent notices a sender published within the rule book's days (drills are not counted)."""

    used: int
    quota: int
    days: int

    @property
    def left(self) -> int:
        """How many the sender may still publish alone."""
        return max(0, self.quota - self.used)


def budget_of(*, person_id: int, book: Book, at: datetime) -> Budget:
    """Return a sender's urgency budget; one query."""
    since = at - timedelta(days=book.urgent_days)
    mine = Notice.objects.filter(
        message__sender_id=person_id, published_at__gt=since, severity=Severity.URGENT, drill=False
    )
    return Budget(used=mine.count(), quota=book.urgent_quota, days=book.urgent_days)


@dataclass(frozen=True)
class Heard:
    """How a sender's notices of the last days were answered: `notices` that ask, their `audience` and `answered`."""

    notices: int
    audience: int
    answered: int

    @property
    def percent(self) -> int | None:
        """The share that answered, in whole percent; None where nobody was asked."""
        return self.answered * 100 // self.audience if self.audience else None


_HEARD = """
    SELECT count(DISTINCT n.id), count(d.id), count(d.id) FILTER (WHERE d.state = ANY(%(answered)s))
    FROM notices_notice n JOIN messaging_message m ON m.id = n.message_id
    LEFT JOIN messaging_delivery d ON d.message_id = m.id
    WHERE m.sender_id = %(sender)s AND n.published_at > %(since)s AND n.needs_acknowledgement AND n.drill = %(drill)s
"""


def heard(*, person_id: int, at: datetime, days: int = 30, drill: bool = False) -> Heard:
    """Return how the notices a sender published within `days` were answered, drills apart; one query."""
    given: dict[str, Any] = {
        "sender": person_id,
        "since": at - timedelta(days=days),
        "drill": drill,
        "answered": [state.value for state in ANSWERED],
    }
    with connection.cursor() as cursor:
        cursor.execute(_HEARD, given)
        return Heard(*cursor.fetchone())
