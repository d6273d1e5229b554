"""The contact arbiter: channel, hour and reason for every recipient of a message, in one SQL statement.

Reasons: `inbox-only` (no mailbox), `unsubscribed`, `chosen` (the recipient wants such messages in the inbox only),
`hours` (held until the recipient's day begins, 07:00 unless they chose another hour), `breakthrough` (urgent or
safety: at once, whatever the hour), `direct` (nothing stood in the way).
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
_REACH = " LEFT JOIN messaging_reach reach ON reach.person_id = p.id"


def _hours(*, chosen: bool) -> tuple[str, str]:
    """Return the SQL that says whether it is outside a recipient's hours, and when their next ones begin."""
    begins = f"COALESCE(reach.day_begins, {DAY_BEGINS})" if chosen else str(DAY_BEGINS)
    ends = f"COALESCE(reach.day_ends, {DAY_ENDS})" if chosen else str(DAY_ENDS)
    morning = (
        f"((date_trunc('day', {_LOCAL}) + make_interval(days => CASE WHEN {_HOUR} >= {ends} THEN 1 ELSE 0 END, "
        f"hours => {begins})) AT TIME ZONE p.zone)"
    )
    return f"({_HOUR} < {begins} OR {_HOUR} >= {ends})", morning


_REFUSED = (
    "EXISTS (SELECT 1 FROM messaging_consent c "
    "WHERE c.person_id = p.id AND c.message_class = %(class)s AND NOT c.given)"
)
_ONCE = " ON CONFLICT (message_id, person_id) DO NOTHING"


def may_be_held(message: Message) -> bool:
    """Say whether a message waits for the recipient's day."""
    return message.severity < Severity.URGENT and message.message_class in HELD_CLASSES


def may_stay_in_inbox(message: Message) -> bool:
    """Say whether a recipient who wants no mail about daily work gets none of this message."""
    return (
        message.message_class == MessageClass.SERVICE
        and message.severity < Severity.URGENT
        and not message.needs_acknowledgement
    )


def statement(
    message: Message, *, where: str, untouched: bool = False, chosen: bool = True, joined: bool = False
) -> str:
    """Return the INSERT … SELECT over `people_person p` for the persons that `where` describes.

    `untouched`: none of them has this message yet, so that PostgreSQL need not look before each row. Without
    `chosen` nobody chose hours or channels of their own, so that it need not look for those either. `joined` marks
    them as added to the audience at `at`.
    """
    refused = _REFUSED if message.message_class in REFUSABLE else "FALSE"
    unwanted = "reach.service_by_mail IS FALSE" if chosen and may_stay_in_inbox(message) else "FALSE"
    channel = (
        f"CASE WHEN p.mailbox <> '' AND NOT {refused} AND NOT ({unwanted}) THEN {Channel.MAIL} ELSE {Channel.INBOX} END"
    )
    if may_be_held(message):
        night, morning = _hours(chosen=chosen)
        hold, late = f"CASE WHEN {night} THEN {morning} END", f"WHEN {night} THEN 'hours'"
    else:
        hold, late = "NULL::timestamptz", ""
    through = "breakthrough" if message.severity >= Severity.URGENT else "direct"
    reason = (
        f"CASE WHEN p.mailbox = '' THEN 'inbox-only' WHEN {refused} THEN 'unsubscribed' "
        f"WHEN {unwanted} THEN 'chosen' {late} ELSE '{through}' END"
    )
    added, when = (", joined_at", ", %(at)s::timestamptz") if joined else ("", "")
    return (
        "INSERT INTO messaging_delivery "  # noqa: S608
        f"(message_id, person_id, state, channel, reason, hold_until{added}) "
        f"SELECT %(message)s, p.id, {State.SENT}, {channel}, {reason}, {hold}{when} "
        f"FROM people_person p{_REACH if chosen else ''} WHERE {where}{'' if untouched else _ONCE}"
    )


def deliver(
    message: Message,
    *,
    where: str,
    params: dict[str, Any],
    at: datetime,
    untouched: bool = False,
    joined: bool = False,
) -> int:
    """Write the deliveries of a message for the persons of a WHERE clause; return how many were new.

    `untouched` may be said by a caller who holds the message's row and knows that none of them has it
    (`IntegrityError` where that is wrong).
    """
    given = {**params, "message": message.pk, "at": at, "class": message.message_class}
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM messaging_reach)")
        chosen = bool(cursor.fetchone()[0])
        cursor.execute(statement(message, where=where, untouched=untouched, chosen=chosen, joined=joined), given)
        return int(cursor.rowcount)
