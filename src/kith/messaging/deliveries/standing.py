"""How a message stands with its audience: counts by state that always add up to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from kith.messaging.deliveries.models import Channel, State


@dataclass(frozen=True)
class Counts:
    """Counts by stored state; of those sent, `pending` wait for their hour and of `delivered` the server took the mail.

    `joined` of them were added after the message had gone out.
    """

    states: dict[State, int]
    pending: int
    delivered: int
    joined: int


_STATES = """
    SELECT state, count(*), count(*) FILTER (WHERE state = {sent} AND channel = {mail} AND hold_until > %(at)s),
           count(joined_at)
    FROM messaging_delivery WHERE message_id = %(message)s GROUP BY state
"""
_DELIVERED = """
    SELECT count(*) FROM messaging_delivery d JOIN messaging_mailout o ON o.delivery_id = d.id
    WHERE d.message_id = %(message)s AND d.state = {sent} AND o.state = 'sent'
      AND (d.hold_until IS NULL OR d.hold_until <= %(at)s)
"""


def counts(*, message_id: int, at: datetime) -> Counts:
    """Return how many deliveries of a message are in each state, every state named; two queries."""
    names = {"sent": State.SENT.value, "mail": Channel.MAIL.value}
    given: dict[str, Any] = {"message": message_id, "at": at}
    states, pending, joined = dict.fromkeys(State, 0), 0, 0
    with connection.cursor() as cursor:
        cursor.execute(_STATES.format(**names), given)
        for state, number, held, added in cursor.fetchall():
            states[State(state)] = number
            pending += held
            joined += added
        cursor.execute(_DELIVERED.format(**names), given)
        return Counts(states=states, pending=pending, delivered=cursor.fetchone()[0], joined=joined)
