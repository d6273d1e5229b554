"""The contact arbiter: channel, hour and reason for every recipient of a message, in one SQL statement.

Each step in its order, the first one that stops a message names the reason: `inbox-only` (no mailbox, device or
number), `unsubscribed` (refused), `no-consent` (nobody was asked), `capped` (enough of this class came lately),
`chosen` (wanted in the inbox only), `bounced` (the mailbox takes no mail and nothing else is known), `digest` (told
together with others at the hour chosen), `hours` (held until the recipient's day begins), `breakthrough` (urgent:
at once, whatever the hour), `direct` (nothing stood in the way). What nobody chose or has is not looked for.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from kith.messaging.deliveries.classes import CLASSES, DIGESTED
from kith.messaging.deliveries.models import Channel, Message, MessageClass, Severity, State
from kith.messaging.deliveries.ways import ways
from kith.people.ties.models import TieKind

DAY_BEGINS = 7
DAY_ENDS = 21

_LOCAL = "(%(at)s::timestamptz AT TIME ZONE p.zone)"
_HOUR = f"extract(hour FROM {_LOCAL})"
_REACH = " LEFT JOIN messaging_reach reach ON reach.person_id = p.id"
_DIGEST = " LEFT JOIN messaging_digestchoice digest ON digest.person_id = p.id AND digest.message_class = %(class)s"


@dataclass(frozen=True)
class Known:
    """What there is at all, so that the statement need not look for what nobody has."""

    chosen: bool = False
    digests: bool = False
    lost: bool = False
    devices: bool = False
    numbers: bool = False


EVERYTHING = Known(chosen=True, digests=True, lost=True, devices=True, numbers=True)
_KNOWN = """
    SELECT EXISTS (SELECT 1 FROM messaging_reach), EXISTS (SELECT 1 FROM messaging_digestchoice),
           EXISTS (SELECT 1 FROM messaging_suppression WHERE released_at IS NULL),
           EXISTS (SELECT 1 FROM messaging_pushdevice),
           EXISTS (SELECT 1 FROM messaging_number WHERE confirmed_at IS NOT NULL)
"""


def _hours(*, chosen: bool) -> tuple[str, str]:
    """Return the SQL that says whether it is outside a recipient's hours, and when their next ones begin."""
    begins = f"COALESCE(reach.day_begins, {DAY_BEGINS})" if chosen else str(DAY_BEGINS)
    ends = f"COALESCE(reach.day_ends, {DAY_ENDS})" if chosen else str(DAY_ENDS)
    morning = (
        f"((date_trunc('day', {_LOCAL}) + make_interval(days => CASE WHEN {_HOUR} >= {ends} THEN 1 ELSE 0 END, "
        f"hours => {begins})) AT TIME ZONE p.zone)"
    )
    return f"({_HOUR} < {begins} OR {_HOUR} >= {ends})", morning


def _next_digest() -> str:
    """Return the SQL of a recipient's next digest: after `at`, at their hour, on their day where it comes weekly."""
    hour = "COALESCE(reach.digest_hour, 8)"
    day = "COALESCE(reach.digest_weekday, 1)"
    today = f"CASE WHEN {_HOUR} >= {hour} THEN 1 ELSE 0 END"
    first = f"(extract(isodow FROM {_LOCAL} + make_interval(days => {today})))"
    days = f"({today} + CASE digest.every WHEN 'weekly' THEN (({day} - {first} + 7)::int %% 7) ELSE 0 END)"
    return f"((date_trunc('day', {_LOCAL}) + make_interval(days => {days}, hours => {hour})) AT TIME ZONE p.zone)"


_SAID = (
    "EXISTS (SELECT 1 FROM messaging_consent c "
    "WHERE c.person_id = p.id AND c.message_class = %(class)s AND {given} c.given)"
)
_REFUSED, _AGREED = _SAID.format(given="NOT"), _SAID.format(given="")
_EMPLOYED = (
    f"EXISTS (SELECT 1 FROM people_tie t WHERE t.person_id = p.id AND t.kind = '{TieKind.EMPLOYEE.value}' "  # noqa: S608
    f"AND t.since <= {_LOCAL}::date AND (t.until IS NULL OR t.until >= {_LOCAL}::date))"
)
_LATELY = (
    " LEFT JOIN (SELECT d.person_id, count(*) AS number FROM messaging_message m "
    "JOIN messaging_delivery d ON d.message_id = m.id AND d.channel <> {inbox} "
    "WHERE m.message_class = '{code}' AND m.id <> %(message)s AND m.at > %(at)s::timestamptz - interval '{far} hours' "
    "AND COALESCE(d.hold_until, m.at) > %(at)s::timestamptz - interval '{within} hours' "
    "GROUP BY d.person_id) lately ON lately.person_id = p.id"
)
_LONGEST_HOLD = 8 * 24  # hours; a weekly digest waits seven days
_ONCE = " ON CONFLICT (message_id, person_id) DO NOTHING"


def may_be_held(message: Message) -> bool:
    """Say whether a message waits for the recipient's day."""
    return message.severity < Severity.URGENT and CLASSES[message.message_class].held


def may_be_digested(message: Message) -> bool:
    """Say whether a message may be told together with others; what must be acknowledged has a time of its own."""
    return may_be_held(message) and message.message_class in DIGESTED and not message.needs_acknowledgement


def may_stay_in_inbox(message: Message) -> bool:
    """Say whether a recipient who wants no mail about daily work gets none of this message."""
    return (
        message.message_class == MessageClass.SERVICE
        and message.severity < Severity.URGENT
        and not message.needs_acknowledgement
    )


def _lately(message: Message) -> tuple[str, str]:
    """Return a join that counts what came of a capped class lately, and the condition that it was enough."""
    cap = CLASSES[message.message_class].cap
    if cap is None or message.severity >= Severity.URGENT:
        return "", "FALSE"
    within = int(cap.within.total_seconds() // 3600)
    names = {"inbox": Channel.INBOX.value, "code": message.message_class, "far": within + _LONGEST_HOLD}
    return _LATELY.format(**names, within=within), f"COALESCE(lately.number, 0) >= {cap.number}"


def statement(
    message: Message, *, where: str, untouched: bool = False, known: Known = EVERYTHING, joined: bool = False
) -> str:
    """Return the INSERT … SELECT over `people_person p` for the persons that `where` describes.

    `untouched`: none of them has this message yet, so that PostgreSQL need not look before each row. `known` says
    what anybody chose or has. `joined` marks them as added to the audience at `at`.
    """
    rules = CLASSES[message.message_class]
    refused = _REFUSED if rules.refusable else "FALSE"
    unasked = f"(NOT {_AGREED} AND NOT {_EMPLOYED})" if rules.asks_outsiders else "FALSE"
    joins, capped = _lately(message)
    unwanted = "reach.service_by_mail IS FALSE" if known.chosen and may_stay_in_inbox(message) else "FALSE"
    way = ways(message, unwanted=unwanted, lost=known.lost, devices=known.devices, numbers=known.numbers)
    others = known.devices or known.numbers
    night, morning = _hours(chosen=known.chosen) if may_be_held(message) else ("FALSE", "NULL")
    digested = (
        f"(digest.every IS NOT NULL AND {way} = {Channel.MAIL})"
        if known.digests and may_be_digested(message)
        else "FALSE"
    )
    through = "breakthrough" if message.severity >= Severity.URGENT else "direct"
    reason = _case(
        ("inbox-only", f"p.mailbox = '' AND {way} = {Channel.INBOX}" if others else "p.mailbox = ''"),
        ("unsubscribed", refused),
        ("no-consent", unasked),
        ("capped", capped),
        ("chosen", f"{unwanted} AND {way} = {Channel.INBOX}" if others and unwanted != "FALSE" else unwanted),
        ("bounced", f"{way} = {Channel.INBOX}" if known.lost else "FALSE"),
        ("digest", digested),
        ("hours", night),
        otherwise=f"'{through}'",
    )
    quiet = " OR ".join(part for part in (refused, unasked, capped) if part != "FALSE")
    channel = f"CASE WHEN {quiet} THEN {Channel.INBOX} ELSE {way} END" if quiet else way
    later = [f"WHEN {digested} THEN {_next_digest()}"] if digested != "FALSE" else []
    later += [f"WHEN {night} THEN {morning}"] if night != "FALSE" else []
    hold = f"CASE {' '.join(later)} END" if later else "NULL::timestamptz"
    joins = (
        (_REACH if known.chosen or known.devices or digested != "FALSE" else "")
        + (_DIGEST if digested != "FALSE" else "")
        + joins
    )
    added, when = (", joined_at", ", %(at)s::timestamptz") if joined else ("", "")
    return (
        "INSERT INTO messaging_delivery "  # noqa: S608
        f"(message_id, person_id, state, channel, reason, hold_until{added}) "
        f"SELECT %(message)s, p.id, {State.SENT}, {channel}, {reason}, {hold}{when} "
        f"FROM people_person p{joins} WHERE {where}{'' if untouched else _ONCE}"
    )


def _case(*steps: tuple[str, str], otherwise: str) -> str:
    """Return a CASE over the steps that can happen."""
    asked = " ".join(f"WHEN {condition} THEN '{name}'" for name, condition in steps if condition != "FALSE")
    return f"CASE {asked} ELSE {otherwise} END"


def known(cursor: Any) -> Known:
    """Return what anybody chose or has; one query."""
    cursor.execute(_KNOWN)
    return Known(*(bool(each) for each in cursor.fetchone()))


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
    (`IntegrityError` where that is wrong). Messages of a class with a cap take turns, so that no two of them count
    the same state.
    """
    given = {**params, "message": message.pk, "at": at, "class": message.message_class}
    with connection.cursor() as cursor:
        if CLASSES[message.message_class].cap is not None:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"messaging.cap:{message.message_class}"])
        asked = statement(message, where=where, untouched=untouched, known=known(cursor), joined=joined)
        cursor.execute(asked, given)
        return int(cursor.rowcount)
