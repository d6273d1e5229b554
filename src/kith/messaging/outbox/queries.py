"""Reads of the outbox."""

from uuid import UUID

from django.db.models import Q, QuerySet

from kith.messaging.deliveries.models import Delivery
from kith.messaging.mail.models import MailOut, MailState
from kith.people.persons.models import Person


def mails(*, state: str = "", words: str = "", before: int | None = None) -> QuerySet[MailOut]:
    """Return mails, newest first, without their bodies: in a state, with `words` in name, address or subject."""
    found = MailOut.objects.defer("text", "html").order_by("-id")
    if state in MailState.values:
        found = found.filter(state=state)
    if words:
        named = Person.objects.filter(Q(full_name__icontains=words) | Q(preferred_name__icontains=words)).values("id")
        found = found.filter(Q(address__icontains=words) | Q(subject__icontains=words) | Q(person_id__in=named))
    return found.filter(pk__lt=before) if before is not None else found


def message_of(mail: MailOut) -> tuple[UUID, UUID] | None:
    """Return the public ids of the message a mail tells and of its person, None for a single mail."""
    row = Delivery.objects.filter(pk=mail.delivery_id or 0).values_list("message__public_id", "person_id").first()
    if row is None:
        return None
    person = Person.objects.filter(pk=row[1]).values_list("public_id", flat=True).first()
    return (row[0], person) if person else None


def failed_count(*, limit: int = 1000) -> int:
    """Return how many mails have failed for good, counted up to `limit`."""
    return MailOut.objects.filter(state=MailState.FAILED).values("id")[:limit].count()
