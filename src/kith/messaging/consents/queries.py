"""Reads of what a person wants, and of why their last messages came as they did."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.messaging.consents.models import Consent, Reach
from kith.messaging.deliveries.models import Channel, MessageClass
from kith.messaging.deliveries.queries import visible_to
from kith.messaging.deliveries.rendering import render

REASONS: dict[str, StrOrPromise] = {
    "direct": _("Nothing stood in the way, so it came at once."),
    "hours": _("It waited until your day began."),
    "breakthrough": _("It was urgent, so it came at once, whatever the hour."),
    "inbox-only": _("Kith knows no mail address of yours, so it stands in your inbox only."),
    "unsubscribed": _("You want no mail of this kind, so it stands in your inbox only."),
    "chosen": _("You want this kind in your inbox only."),
}
CLASSES: dict[str, StrOrPromise] = {
    MessageClass.SAFETY: _("Safety and urgent notices"),
    MessageClass.TRANSACTIONAL: _("What you asked for yourself"),
    MessageClass.SERVICE: _("News and notices for your daily work"),
    MessageClass.SURVEY: _("Surveys"),
    MessageClass.MARKETING: _("Offers and news of products"),
}


@dataclass(frozen=True)
class Came:
    """A message that came, and why it came as it did."""

    title: str
    link: str
    at: datetime
    kind: StrOrPromise
    by_mail: bool
    held_until: datetime | None
    because: StrOrPromise


def reach_of(*, person_id: int) -> Reach:
    """Return how a person wants to be reached; that of everybody where they said nothing."""
    return Reach.objects.filter(person_id=person_id).first() or Reach(person_id=person_id)


def refused_by(*, person_id: int) -> set[str]:
    """Return the classes a person wants no mail of."""
    return set(Consent.objects.filter(person_id=person_id, given=False).values_list("message_class", flat=True))


def came_to(*, person_id: int, language: str, limit: int) -> list[Came]:
    """Return a person's last messages with the arbiter's reasons, in words; two queries."""
    rows = visible_to(person_id=person_id).select_related("message").order_by("-id")[:limit]
    return [
        Came(
            title=render(row.message, language=language).title,
            link=f"/inbox/{row.message.public_id}/",
            at=row.message.at,
            kind=CLASSES[row.message.message_class],
            by_mail=row.channel == Channel.MAIL,
            held_until=row.hold_until,
            because=REASONS.get(row.reason, _("It was written for a group you are in.")),
        )
        for row in rows
    ]
