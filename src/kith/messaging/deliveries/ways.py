"""The ways to a person, in SQL over `people_person p`: a mail, else a push to a device, else an SMS, else the inbox."""

from kith.messaging.deliveries.classes import CLASSES
from kith.messaging.deliveries.models import Channel, Message, Severity

LOST = (
    "EXISTS (SELECT 1 FROM messaging_suppression s WHERE s.address = lower(p.mailbox) AND s.released_at IS NULL "
    "AND (s.until IS NULL OR s.until > %(at)s::timestamptz))"
)
_DEVICE = "EXISTS (SELECT 1 FROM messaging_pushdevice v WHERE v.person_id = p.id)"
_NUMBER = "EXISTS (SELECT 1 FROM messaging_number n WHERE n.person_id = p.id AND n.confirmed_at IS NOT NULL)"
_TEXTED = (
    "(SELECT count(*) FROM messaging_delivery x JOIN messaging_message y ON y.id = x.message_id "
    "WHERE x.person_id = p.id AND x.channel = {sms} AND y.message_class = '{code}' "
    "AND y.at > %(at)s::timestamptz - interval '{hours} hours') < {number}"
)


def by_sms(message: Message) -> str:
    """Return the SQL that says whether a person may be told by SMS; "FALSE" where nobody may."""
    rules = CLASSES[message.message_class]
    if not rules.sms:
        return "FALSE"
    if rules.sms_cap is None or message.severity >= Severity.URGENT:
        return _NUMBER
    hours = int(rules.sms_cap.within.total_seconds() // 3600)
    texted = _TEXTED.format(sms=Channel.SMS.value, code=message.message_class, hours=hours, number=rules.sms_cap.number)
    return f"({_NUMBER} AND {texted})"


def ways(message: Message, *, unwanted: str, lost: bool, devices: bool, numbers: bool, mail: bool = True) -> str:
    """Return the SQL of the channel that reaches a person best. Who wants no mail of this kind gets no SMS either.

    Without `mail` the mailbox is left out, because it has just failed. With `devices` the row `reach` is joined.
    """
    wanted = "" if unwanted == "FALSE" else f" AND NOT ({unwanted})"
    writes = f"(p.mailbox <> ''{f' AND NOT {LOST}' if lost else ''}{wanted})"
    steps = []
    if devices:
        steps.append(f"WHEN reach.push_first AND {_DEVICE} THEN {Channel.PUSH}" if mail else "")
    if mail:
        steps.append(f"WHEN {writes} THEN {Channel.MAIL}")
    if devices:
        steps.append(f"WHEN {_DEVICE} THEN {Channel.PUSH}")
    if numbers and (sms := by_sms(message)) != "FALSE":
        steps.append(f"WHEN {sms}{wanted} THEN {Channel.SMS}")
    return (
        f"(CASE {' '.join(step for step in steps if step)} ELSE {Channel.INBOX} END)"
        if any(steps)
        else f"{Channel.INBOX}"
    )
