"""Reads of what a person wants, and of why their last messages came as they did."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.messaging.consents.models import Consent, ConsentEntry, DigestChoice, Reach
from kith.messaging.deliveries.classes import CLASSES as RULES
from kith.messaging.deliveries.classes import REFUSABLE
from kith.messaging.deliveries.models import Channel
from kith.messaging.deliveries.queries import visible_to
from kith.messaging.deliveries.rendering import render

REASONS: dict[str, StrOrPromise] = {
    "direct": _("Nothing stood in the way, so it came at once."),
    "hours": _("It waited until your day began."),
    "breakthrough": _("It was urgent, so it came at once, whatever the hour."),
    "inbox-only": _("Kith knows no other way to you, so it stands in your inbox only."),
    "unsubscribed": _("You want no mail of this kind, so it stands in your inbox only."),
    "chosen": _("You want this kind in your inbox only."),
    "no-consent": _("You were not asked yet whether you want such mails, so it stands in your inbox only."),
    "capped": _("Enough of this kind had come to you that week, so it stands in your inbox only."),
    "bounced": _("Mail to your address came back, so it took another way or stands in your inbox only."),
    "digest": _("You want this kind told together, so it waited for your next summary."),
}
CLASSES: dict[str, StrOrPromise] = {code: rules.label for code, rules in RULES.items()}


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


def wants(*, person_id: int, employed: bool) -> dict[str, bool]:
    """Return of each class that may be refused whether the person wants it: what they said, else the default."""
    said = dict(Consent.objects.filter(person_id=person_id).values_list("message_class", "given"))
    return {code.value: said.get(code.value, employed or not RULES[code].asks_outsiders) for code in REFUSABLE}


def digests_of(*, person_id: int) -> dict[str, str]:
    """Return the classes a person wants told together, and how often."""
    return dict(DigestChoice.objects.filter(person_id=person_id).values_list("message_class", "every"))


def entries_of(*, person_id: int) -> list[ConsentEntry]:
    """Return everything a person said on what they want, newest first: the proof."""
    return list(ConsentEntry.objects.filter(person_id=person_id).order_by("-id"))


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
