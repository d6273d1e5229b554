"""The live tail of a message and the ends of its deliveries: joiners, leavers, excused, out of reach, expired.

Every step is one statement over the message's deliveries; nothing per recipient leaves the database.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from kith.kernel.facts import publish
from kith.messaging.deliveries import arbiter
from kith.messaging.deliveries.facts import DeliveriesMade
from kith.messaging.deliveries.models import ANSWERABLE, OUTSTANDING, Channel, Message, Severity, State
from kith.messaging.live.push import push_all
from kith.people.segments.compiler import Compiled

NO_LOGIN, MAIL_FAILED, LEFT = "no-login", "mail-failed", "left"


@dataclass(frozen=True)
class Moved:
    """How many joined the audience of a message, and how many left it."""

    joined: int
    left: int


def _among(only: Collection[int] | None, alias: str) -> str:
    return "" if only is None else f" AND {alias} = ANY(%(only)s)"


_AGAIN = (
    "UPDATE messaging_delivery d SET state = {sent}, joined_at = %(at)s, remark = NULL FROM people_person p "
    "WHERE p.id = d.person_id AND d.message_id = %(about)s AND d.state = {left} AND ({where}){among}"
)
_AWAY = (
    "UPDATE messaging_delivery d SET state = {left}, remark = %(why)s WHERE d.message_id = %(about)s "
    "AND d.state = ANY(%(open)s){among} "
    "AND NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = d.person_id AND ({where}))"
)


def keep_up(*, message_id: int, audience: Compiled, at: datetime, only: Collection[int] | None = None) -> Moved:
    """Add and mark those who belong to the audience now, close the deliveries of those who do not any more.

    Of those who left, answers stay as they are. With `only` nobody else is looked at. A message that is still
    going out is left alone. Whoever comes back is asked again, in the same row.
    """
    ids = None if only is None else sorted(set(only))
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.sent_out_at is None or ids == []:
            return Moved(0, 0)
        given: dict[str, Any] = {
            **audience.params, "about": message.pk, "at": at, "only": ids, "why": LEFT,
            "open": [state.value for state in ANSWERABLE],
        }  # fmt: skip
        with connection.cursor() as cursor:
            names = {"sent": State.SENT.value, "left": State.LEFT.value, "where": audience.where}
            cursor.execute(_AGAIN.format(**names, among=_among(ids, "d.person_id")), given)
            joined = cursor.rowcount
            cursor.execute(_AWAY.format(**names, among=_among(ids, "d.person_id")), given)
            left = cursor.rowcount
        joined += _join(message, audience, at=at, only=ids)
    return Moved(joined, left)


def _join(message: Message, audience: Compiled, *, at: datetime, only: list[int] | None) -> int:
    new = "NOT EXISTS (SELECT 1 FROM messaging_delivery x WHERE x.message_id = %(about)s AND x.person_id = p.id)"
    where = f"({audience.where}) AND {new}{_among(only, 'p.id')}"
    params = {**audience.params, "about": message.pk, "only": only}
    number = arbiter.deliver(message, where=where, params=params, at=at, joined=True)
    if number:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT min(person_id), max(person_id) FROM messaging_delivery "
                "WHERE message_id = %s AND joined_at = %s",
                [message.pk, at],
            )
            first, last = cursor.fetchone()
        urgent = message.severity >= Severity.URGENT
        publish(DeliveriesMade(message_id=message.pk, after=first - 1, upto=last, urgent=urgent), at=at)
        push_all(event="inbox", data={"urgent": urgent, "drill": message.drill})
    return number


_EXCUSED = """
    UPDATE messaging_delivery d SET state = {excused} FROM people_person p, messaging_message m
    WHERE d.message_id = %(about)s AND d.state = ANY(%(open)s) AND p.id = d.person_id AND m.id = d.message_id
      AND EXISTS (SELECT 1 FROM people_absence a WHERE a.person_id = d.person_id
        AND a.since <= (greatest(m.at, d.joined_at) AT TIME ZONE p.zone)::date
        AND a.until >= (%(due)s::timestamptz AT TIME ZONE p.zone)::date)
"""
_OUT_OF_REACH = """
    UPDATE messaging_delivery d SET state = {unreachable},
        remark = CASE WHEN d.channel = {inbox} THEN '{no_login}' ELSE '{mail_failed}' END
    WHERE d.message_id = %(about)s AND d.state = {sent}
      AND NOT EXISTS (SELECT 1 FROM access_login l WHERE l.person_id = d.person_id AND l.active)
      AND (d.channel = {inbox} OR EXISTS (
        SELECT 1 FROM messaging_mailout o WHERE o.delivery_id = d.id AND o.state IN ('failed', 'dropped', 'returned')))
"""


@dataclass(frozen=True)
class Settled:
    """How many were away all the time, and how many no way led to."""

    excused: int
    unreachable: int


def settle(*, message_id: int, due_at: datetime) -> Settled:
    """At the due time: excuse who was away from the first day to the last, and name who could not be reached.

    Out of reach is who has no login that works and neither opened the message nor has a mailbox that takes mail. Both
    may still answer: then they are late.
    """
    given: dict[str, Any] = {"about": message_id, "due": due_at, "open": [state.value for state in OUTSTANDING]}
    names = {
        "excused": State.EXCUSED.value, "unreachable": State.UNREACHABLE.value, "sent": State.SENT.value,
        "inbox": Channel.INBOX.value, "no_login": NO_LOGIN, "mail_failed": MAIL_FAILED,
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_EXCUSED.format(**names), given)
        excused = cursor.rowcount
        cursor.execute(_OUT_OF_REACH.format(**names), given)
        return Settled(excused, cursor.rowcount)


def expire(*, message_id: int) -> int:
    """Close what nobody answered while the message held; an answer that still comes is late. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE messaging_delivery SET state = %s WHERE message_id = %s AND state = ANY(%s)",
            [State.EXPIRED.value, message_id, [state.value for state in OUTSTANDING]],
        )
        return int(cursor.rowcount)
