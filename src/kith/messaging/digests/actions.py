"""Writes of digests: what waits is collected in one statement, and told in one mail per person at their hour."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kith.kernel.languages import django_code
from kith.messaging.consents.models import Consent
from kith.messaging.deliveries.classes import REFUSABLE
from kith.messaging.deliveries.models import Delivery, MessageClass, State
from kith.messaging.deliveries.rendering import render
from kith.messaging.deliveries.rerouting import take_next_channel
from kith.messaging.digests.models import DigestEntry
from kith.messaging.digests.wording import DIGEST
from kith.messaging.mail.actions import post
from kith.messaging.mail.letters import Letter, organization_name, unsubscribe_link, written
from kith.messaging.suppressions.queries import suppression_of
from kith.messaging.wording.queries import words_of
from kith.messaging.wording.shelf import fill
from kith.people.persons.models import Person

BATCH = 100
MOST = 50
"""Messages that one mail names; the inbox has them all."""
_COLLECT = (
    "INSERT INTO messaging_digestentry (delivery_id, person_id, due_at) "
    "SELECT id, person_id, hold_until FROM messaging_delivery WHERE message_id = %s AND person_id > %s "
    "AND person_id <= %s AND reason = 'digest' ON CONFLICT (delivery_id) DO NOTHING"
)


def collect(*, message_id: int, after: int, upto: int) -> int:
    """Let the deliveries of a message that wait for a summary go into it; return how many are new."""
    with connection.cursor() as cursor:
        cursor.execute(_COLLECT, [message_id, after, upto])
        return int(cursor.rowcount)


def bring_forward(*, person_id: int, message_classes: Collection[str], at: datetime) -> None:
    """Tell at the next look what waits of classes that a person wants at once again."""
    waiting = DigestEntry.objects.filter(person_id=person_id, done_at=None, due_at__gt=at)
    deliveries = Delivery.objects.filter(
        pk__in=waiting.values("delivery_id"), message__message_class__in=message_classes
    )
    waiting.filter(delivery_id__in=deliveries.values("pk")).update(due_at=at)


def tell_due(*, at: datetime) -> int:
    """Write the summaries that are due, one mail a person; return how many were written."""
    written_mails = 0
    while people := list(
        DigestEntry.objects.filter(due_at__lte=at, done_at=None).values_list("person_id", flat=True).distinct()[:BATCH]
    ):
        for person_id in people:
            written_mails += _tell(person_id, at=at)
    return written_mails


def _tell(person_id: int, *, at: datetime) -> bool:
    """Write a person's summary; False where nothing of it is unread, wanted and able to come."""
    with transaction.atomic():
        entries = list(
            DigestEntry.objects.select_for_update(skip_locked=True)
            .filter(person_id=person_id, due_at__lte=at, done_at=None)
            .order_by("delivery_id")
        )
        person = Person.objects.filter(pk=person_id, deactivated_at=None).first()
        rows = _unread([entry.delivery_id for entry in entries], person_id)
        mail = None
        if person is not None and rows:
            if not person.mailbox or suppression_of(address=person.mailbox, at=at) is not None:
                for row in rows:
                    take_next_channel(delivery_id=row.pk, at=at)
            else:
                mail = post(
                    person_id=person.pk,
                    address=person.mailbox,
                    made=_letter(person, rows, at=at),
                    message_class=_class_of(rows),
                    at=at,
                    wording=DIGEST.code,
                    wording_version=words_of(code=DIGEST.code).version,
                    urgent=False,
                )
        done = DigestEntry.objects.filter(pk__in=[entry.pk for entry in entries])
        done.update(done_at=at, mail_id=mail.pk if mail else None)
    return mail is not None


def _unread(delivery_ids: Collection[int], person_id: int) -> list[Delivery]:
    """Return what is still unread and not refused meanwhile, oldest first."""
    refused = set(Consent.objects.filter(person_id=person_id, given=False).values_list("message_class", flat=True))
    found = Delivery.objects.filter(pk__in=delivery_ids, state=State.SENT, opened_at=None).select_related("message")
    return [row for row in found.order_by("pk") if row.message.message_class not in refused]


def _class_of(rows: Collection[Delivery]) -> str:
    """Return the class of a summary: the one that asks for most care, so that it can be refused with one click."""
    held = {row.message.message_class for row in rows}
    for each in (MessageClass.MARKETING, MessageClass.SURVEY):
        if each in held:
            return each.value
    return MessageClass.SERVICE.value


def _letter(person: Person, rows: list[Delivery], *, at: datetime) -> Letter:
    words = words_of(code=DIGEST.code)
    values = {"count": str(len(rows))}
    title = fill(words.title, values=values, allowed=DIGEST.placeholders).in_language(person.language)
    body = fill(words.body, values=values, allowed=DIGEST.placeholders).in_language(person.language)
    careful = [row for row in rows if row.message.message_class in REFUSABLE]
    of = next((row for row in careful if row.message.message_class == _class_of(rows)), None)
    with translation.override(django_code(person.language)), timezone.override(person.zone):
        context: dict[str, object] = {
            "subject": title,
            "paragraphs": [part.strip() for part in body.split("\n\n") if part.strip()],
            "rows": [
                (render(row.message, language=person.language), f"{settings.KITH_URL}/inbox/{row.message.public_id}/")
                for row in rows[:MOST]
            ],
            "more": max(len(rows) - MOST, 0),
            "inbox": f"{settings.KITH_URL}/inbox/",
            "why": _("You get this because you chose to be told of these kinds together."),
            "settings": f"{settings.KITH_URL}/me/notifications/",
            "unsubscribe_url": unsubscribe_link(of, of.message, at=at) if of else "",
        }
        return written("mail/digest", context, language=person.language, organization=organization_name())
