"""From a delivery to a mail: rendered in the recipient's language, with one link that works without signing in."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kith.kernel.languages import django_code
from kith.messaging.deliveries.classes import REFUSABLE
from kith.messaging.deliveries.models import Delivery, Message
from kith.messaging.deliveries.rendering import Rendering, render
from kith.messaging.links.tokens import ACKNOWLEDGE, UNSUBSCRIBE, DeliveryLink, link_for
from kith.messaging.mail.reminding import Asked
from kith.people.organizations.queries import company
from kith.people.persons.models import Person
from kith.portal.shell.render import text_of

_BREAKS = {"Cc", "Zl", "Zp"}  # control characters, line and paragraph separators


@dataclass(frozen=True)
class Letter:
    """A mail ready to be kept: subject without line breaks, plain text and HTML."""

    subject: str
    text: str
    html: str


def one_line(words: str) -> str:
    """Return words that fit a header: no line break or control character of any kind, at most 200 characters."""
    return " ".join("".join(" " if unicodedata.category(c) in _BREAKS else c for c in words).split())[:200]


def organization_name() -> str:
    """Return the name under which mails stand."""
    ours = company()
    return ours.name if ours else "Kith"


def letter(
    delivery: Delivery,
    message: Message,
    person: Person,
    *,
    organization: str,
    at: datetime,
    asked: Asked | None = None,
) -> Letter:
    """Return the mail of a delivery; `organization` is `organization_name()`, asked for once a batch.

    `asked` is what a reminder leads to: its link is then signed as that of the first mail was.
    """
    text = render(message, language=person.language)
    with translation.override(django_code(person.language)), timezone.override(person.zone):
        if asked is not None:
            asking = render(asked.message, language=person.language)
            label, url = _action(asked.delivery, asked.message, asking, at=at)
        else:
            label, url = _action(delivery, message, text, at=at)
        context: dict[str, object] = {
            "subject": text.title, "paragraphs": text.paragraphs, "label": label, "link": url,
            "why": why_it_came(message),
            "unsubscribe_url": unsubscribe_link(delivery, message, at=at),
        }  # fmt: skip
        return written("mail/message", context, language=text.language, organization=organization)


def why_it_came(message: Message) -> str:
    """Return the sentence at the foot of a mail: why its reader gets it."""
    if message.wording:
        return _("You get this because of something that concerns you; Kith wrote it by itself.")
    return _("You get this because it was written for a group you belong to.")


def written(template: str, context: dict[str, object], *, language: str, organization: str) -> Letter:
    """Return a letter from a pair of templates, `<template>.html` and `.txt`."""
    known = {
        **context, "language": language, "organization_name": organization, "organization_url": settings.KITH_URL,
    }  # fmt: skip
    return Letter(
        subject=one_line(str(context["subject"])),
        text=text_of(f"{template}.txt", known).strip() + "\n",
        html=text_of(f"{template}.html", known),
    )


def _action(delivery: Delivery, message: Message, text: Rendering, *, at: datetime) -> tuple[str, str]:
    if message.needs_acknowledgement:
        link = DeliveryLink(ACKNOWLEDGE, delivery.pk, delivery.person_id, text.sha256)
        return _("Read and acknowledge"), link_for(link, at=at)
    if message.link:
        return _("Open it"), message.link if "://" in message.link else settings.KITH_URL + message.link
    return _("Open it"), f"{settings.KITH_URL}/inbox/{message.public_id}/"


def unsubscribe_link(delivery: Delivery, message: Message, *, at: datetime) -> str:
    """Return where the recipient may refuse such mails, "" where they always come."""
    if message.message_class not in REFUSABLE:
        return ""
    return link_for(DeliveryLink(UNSUBSCRIBE, delivery.pk, delivery.person_id, ""), at=at)
