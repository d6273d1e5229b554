"""The contact arbiter: channel, hour and reason for every recipient of a message, in one SQL statement.

Reasons: `inbox-only` (no mailbox), `unsubscribed`, `hours` (held until 07:00 where the recipient lives),
`breakthrough` (urgent or safety: at once, whatever the hour), `direct` (nothing stood in the way).
"""

from datetime import datetime
from typing import Any

from django.db import connection

from kith.messaging.deliveries.models import Channel, Message, MessageClass, Severity, State

DAY_BEGINS = 7
DAY_ENDS = 21
HELD_CLASSES = {MessageClass.SERVICE, MessageClass.SURVEY, MessageClass.MARKETING}
REFUSABLE = {MessageClass.SURVEY, MessageClass.MARKETING}

_LOCAL = "(%(at)s::timestamptz AT TIME ZONE p.zone)"
_HOUR = f"extract(hour FROM {_LOCAL})"
_MORNING = (
    f"((date_trunc('day', {_LOCAL}) + make_interval(days => CASE WHEN {_HOUR} >= {DAY_ENDS} THEN 1 ELSE 0 END, "
    f"hours => {DAY_BEGINS})) AT TIME ZONE p.zone)"
)
_NIGHT = f"({_HOUR} < {DAY_BEGINS} OR {_HOUR} >= {DAY_ENDS})"
_REFUSED = (
    "EXISTS (SELECT 1 FROM messaging_consent c "
    "WHERE c.person_id = p.id AND c.message_class = %(class)s AND NOT c.given)"
)
_ONCE = " ON CONFLICT (message_id, person_id) DO NOTHING"


def may_be_held(message: Message) -> bool:
    """Say whether a message waits for the recipient's day."""
    return message.severity < Severity.URGENT and message.message_class in HELD_CLASSES


def statement(message: Message, *, where: str, untouched: bool = False) -> str:
    """Return the INSERT … SELECT over `people_person p` for the persons that `where` describes.

    `untouched`: none of them has this message yet, so that PostgreSQL need not look before each row.
    """
    refused = _REFUSED if message.message_class in REFUSABLE else "FALSE"
    channel = f"CASE WHEN p.mailbox <> '' AND NOT {refused} THEN {Channel.MAIL} ELSE {Channel.INBOX} END"
    if may_be_held(message):
        hold, late = f"CASE WHEN {_NIGHT} THEN {_MORNING} END", f"WHEN {_NIGHT} THEN 'hours'"
    else:
        hold, late = "NULL::timestamptz", ""
    through = "breakthrough" if message.severity >= Severity.URGENT else "direct"
    reason = (
        f"CASE WHEN p.mailbox = '' THEN 'inbox-only' WHEN {refused} THEN 'unsubscribed' {late} ELSE '{through}' END"
    )
    return (
        "INSERT INTO messaging_delivery (message_id, person_id, state, channel, reason, hold_until) "  # noqa: S608
        f"SELECT %(message)s, p.id, {State.SENT}, {channel}, {reason}, {hold} "
        f"FROM people_person p WHERE {where}{'' if untouched else _ONCE}"
    )


def deliver(message: Message, *, where: str, params: dict[str, Any], at: datetime, untouched: bool = False) -> int:
    """Write the deliveries of a message for the persons of a WHERE clause; return how many were new.

    `untouched` may be said by a caller who holds the message's row and knows that none of them has it
    (`IntegrityError` where that is wrong).
    """
    given = {**params, "message": message.pk, "at": at, "class": message.message_class}
    with connection.cursor() as cursor:
        cursor.execute(statement(message, where=where, untouched=untouched), given)
        return int(cursor.rowcount)
