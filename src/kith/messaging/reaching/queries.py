"""Reads of how people are reached, for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.messaging.consents.queries import CLASSES
from kith.messaging.deliveries.models import Channel, Delivery, Message
from kith.messaging.deliveries.queries import visible_to
from kith.messaging.deliveries.rendering import render

REASONS: dict[str, StrOrPromise] = {
    "hard": _("There is no such address, or it takes no mail."),
    "soft": _("Mail failed on three days within two weeks; it rests for thirty days."),
    "complaint": _("Its reader complained of a mail."),
    "by-hand": _("Somebody at the desk stopped it."),
}
CHANNELS: dict[int, StrOrPromise] = {
    Channel.INBOX: _("Inbox only"),
    Channel.MAIL: _("Inbox and mail"),
    Channel.PUSH: _("Inbox and device"),
    Channel.SMS: _("Inbox and SMS"),
}
DESK_REASONS: dict[str, StrOrPromise] = {
    "direct": _("At once: nothing stood in the way."),
    "hours": _("Held until the recipient's day began."),
    "breakthrough": _("Urgent, so at once, whatever the hour."),
    "inbox-only": _("No mailbox, device or number is known."),
    "unsubscribed": _("The recipient refused this kind."),
    "no-consent": _("The recipient was not asked yet, and this kind needs consent."),
    "capped": _("Enough of this kind had come that week."),
    "chosen": _("The recipient wants this kind in the inbox only."),
    "bounced": _("Mail to the recipient came back."),
    "digest": _("Told together with others, as the recipient wants."),
}


@dataclass(frozen=True)
class Share:
    """How many deliveries of a message went one way for one reason."""

    channel: StrOrPromise
    reason: StrOrPromise
    number: int


@dataclass(frozen=True)
class Came:
    """A message that came to somebody: what a desk is shown of it."""

    title: str
    public_id: UUID
    at: datetime
    kind: StrOrPromise
    channel: StrOrPromise
    because: StrOrPromise


def newest(*, limit: int) -> QuerySet[Message]:
    """Return the newest messages, without their audience."""
    return Message.objects.defer("where", "params", "earlier").order_by("-id")[:limit]


def counts_of(message: Message) -> Sequence[Share]:
    """Return how many deliveries of a message went which way and why, the most first; they sum to the audience."""
    rows = Delivery.objects.filter(message=message).values_list("channel", "reason").annotate(n=Count("id"))
    found = [Share(CHANNELS[way], DESK_REASONS.get(reason, reason), number) for way, reason, number in rows]
    return sorted(found, key=lambda each: -each.number)


def came_to(*, person_id: int, language: str, limit: int) -> list[Came]:
    """Return the last messages to a person, with the arbiter's reason in words; one query."""
    rows = visible_to(person_id=person_id)[:limit]
    return [
        Came(
            title=render(row.message, language=language).title,
            public_id=row.message.public_id,
            at=row.message.at,
            kind=CLASSES[row.message.message_class],
            channel=CHANNELS[row.channel],
            because=DESK_REASONS.get(row.reason, row.reason),
        )
        for row in rows
    ]
