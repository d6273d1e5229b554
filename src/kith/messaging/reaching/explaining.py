"""Why, and why not: each step of the arbiter for one person and one message, in its order, in words.

The delivery keeps the reason that decided; since the arbiter's order is fixed, every step before it was passed and
every step after it was not asked. For who got nothing the audience of the message is asked once more.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection
from django.utils.translation import gettext as _

from kith.messaging.consents.models import ConsentEntry
from kith.messaging.deliveries.classes import BASES, CLASSES, Rules
from kith.messaging.deliveries.models import Channel, Delivery, Message, Severity, State
from kith.people.persons.models import Person
from kith.portal.shell.words import when


class Mark(StrEnum):
    """What a step did: let it pass, decided, or was not asked any more."""

    PASSED = "passed"
    DECIDED = "decided"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Step:
    """A step of the arbiter: its name, what it found, and what it did."""

    name: str
    found: str
    mark: Mark


@dataclass(frozen=True)
class Explanation:
    """Whether a message came, the answer in a sentence, and the steps to it."""

    came: bool
    sentence: str
    steps: tuple[Step, ...]


_ORDER = ("audience", "reach", "consent", "cap", "wish", "digest", "hours", "channel")
_DECIDES = {
    "inbox-only": "reach", "unsubscribed": "consent", "no-consent": "consent", "capped": "cap", "chosen": "wish",
    "bounced": "reach", "digest": "digest", "hours": "hours", "breakthrough": "hours", "direct": "channel",
}  # fmt: skip


def explain(*, message: Message, person: Person, at: datetime) -> Explanation:
    """Return why a person got a message as they did, or why they did not get it."""
    delivery = Delivery.objects.filter(message=message, person_id=person.pk).first()
    return _why_not(message, person, at=at) if delivery is None else why(delivery, message, person)


def why(delivery: Delivery, message: Message, person: Person) -> Explanation:
    """Return the steps that led to a delivery; two queries."""
    decided = _DECIDES.get(delivery.reason, "channel")
    found = _found(delivery, message, person)
    names = _names()
    steps, passed = [], True
    for code in _ORDER:
        mark = Mark.DECIDED if code == decided else Mark.PASSED if passed else Mark.SKIPPED
        steps.append(Step(names[code], found[code], mark))
        passed = passed and (code != decided or delivery.reason in {"hours", "digest", "breakthrough"})
    return Explanation(came=True, sentence=_sentence(delivery), steps=tuple(steps))


def _names() -> dict[str, str]:
    return {
        "audience": _("Whom it was for"), "reach": _("Ways to the person"), "consent": _("Consent"),
        "cap": _("How many"), "wish": _("What comes where"), "digest": _("Told together"),
        "hours": _("Hours"), "channel": _("Sent by"),
    }  # fmt: skip


def _channel(delivery: Delivery) -> str:
    return {
        Channel.INBOX: _("the inbox only"), Channel.MAIL: _("inbox and mail"), Channel.PUSH: _("inbox and a device"),
        Channel.SMS: _("inbox and SMS"),
    }[Channel(delivery.channel)]  # fmt: skip


def _sentence(delivery: Delivery) -> str:
    if delivery.state == State.LEFT:
        return _("It came, and it does not concern the person any more: they left the group it was written for.")
    return _("It came by %(channel)s.") % {"channel": _channel(delivery)}


def _found(delivery: Delivery, message: Message, person: Person) -> dict[str, str]:
    rules, reason = CLASSES[message.message_class], delivery.reason
    return {
        "audience": _joined(delivery),
        "reach": _reach(delivery, person),
        "consent": _consent(rules, message, person, reason),
        "cap": _cap(rules, message, reason),
        "wish": _("This kind is wanted in the inbox only.") if reason == "chosen" else _("Nothing else is wished."),
        "digest": _digest(delivery),
        "hours": _hours(delivery, message, person),
        "channel": _("It went by %(channel)s.") % {"channel": _channel(delivery)},
    }


def _joined(delivery: Delivery) -> str:
    if delivery.joined_at is not None:
        return _("In the group since %(time)s, after the message had gone out.") % {"time": when(delivery.joined_at)}
    return _("In the group it was written for, or named as its reader.")


def _reach(delivery: Delivery, person: Person) -> str:
    if delivery.reason == "bounced":
        return _("Mail to the address came back, so the next way was taken: %(channel)s.") % {
            "channel": _channel(delivery)
        }
    if delivery.reason == "inbox-only":
        return _("No mailbox, device or number was known.")
    return _("A mailbox is known.") if person.mailbox else _("There was another way than mail.")


def _consent(rules: Rules, message: Message, person: Person, reason: str) -> str:
    basis = _("Class “%(label)s” rests on %(basis)s.") % {"label": rules.label, "basis": BASES[rules.basis]}
    if not rules.refusable:
        return basis
    entries = ConsentEntry.objects.filter(person=person, message_class=message.message_class, at__lte=message.at)
    said = entries.order_by("-at", "-id").first()
    if said is not None:
        words = _("Yes on %(time)s.") if said.given else _("No on %(time)s.")
        return f"{basis} {words % {'time': when(said.at)}}"
    if reason == "no-consent":
        return f"{basis} {_('The person has not said yes.')}"
    return f"{basis} {_('The person had said nothing; it may come until they refuse.')}"


def _cap(rules: Rules, message: Message, reason: str) -> str:
    if rules.cap is None or message.severity >= Severity.URGENT:
        return _("This kind has no limit.")
    most = _("At most %(number)s in %(days)s days.") % {"number": rules.cap.number, "days": rules.cap.within.days}
    return f"{most} {_('That many had come.') if reason == 'capped' else _('There was room.')}"


def _digest(delivery: Delivery) -> str:
    if delivery.reason == "digest" and delivery.hold_until is not None:
        return _("It waits for the summary of %(time)s.") % {"time": when(delivery.hold_until)}
    return _("Not told together with others.")


def _hours(delivery: Delivery, message: Message, person: Person) -> str:
    if message.severity >= Severity.URGENT:
        return _("Urgent: it breaks through, whatever the hour.")
    if not CLASSES[message.message_class].held:
        return _("This kind keeps no hours.")
    if delivery.reason == "hours" and delivery.hold_until is not None:
        return _("Outside the person's hours; held until %(time)s (%(zone)s).") % {
            "time": when(delivery.hold_until),
            "zone": person.zone,
        }
    return _("Within the person's hours.")


def _why_not(message: Message, person: Person, *, at: datetime) -> Explanation:
    """Return why a person got nothing of a message."""
    del at
    if person.merged_into_id is not None:
        sentence = _("This entry was joined with another one of the same person, who is told instead.")
    elif person.deactivated_at is not None and person.deactivated_at <= message.at:
        sentence = _("The person was not active any more when it was sent.")
    elif person.created_at > message.at and not _belongs(message, person):
        sentence = _("The person was not known yet when it was sent.")
    elif not message.where:
        sentence = _("It was written to somebody else: it had no group, only named readers.")
    elif not _belongs(message, person):
        sentence = _("The person is not in the group it was written for.")
    elif message.sent_out_at is None and message.cursor < person.pk:
        sentence = _("It is still going out; the person's turn comes.")
    else:
        sentence = _("The person belongs to the group now, and did not when it was sent.")
    return Explanation(came=False, sentence=sentence, steps=())


def _belongs(message: Message, person: Person) -> bool:
    """Say whether a person belongs to the audience of a message as it was compiled."""
    if not message.where:
        return False
    asked = f"SELECT EXISTS (SELECT 1 FROM people_person p WHERE p.id = %(person)s AND ({message.where}))"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked, {**(message.params or {}), "person": person.pk})
        return bool(cursor.fetchone()[0])
