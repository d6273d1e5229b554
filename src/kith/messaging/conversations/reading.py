"""Opening a conversation: what was shown is read, and a reminder of it needs no second look."""

from django.db import transaction

from kith.messaging.conversations.asking import Asked
from kith.messaging.conversations.saying import locked, look_in, mark_read
from kith.messaging.deliveries.models import Delivery, State


def opened(found: Asked, *, seq: int) -> None:
    """Take down that somebody has seen a conversation up to `seq`; one who serves its function follows it from now."""
    member = found.member
    if member is None and found.serves:
        with transaction.atomic():
            member = look_in(locked(found.conversation.pk), person=found.standing.person, at=found.at)
    if member is None or seq <= member.read_seq:
        return
    member.conversation = found.conversation
    mark_read(member=member, seq=seq)
    if member.notified_at is not None and member.notified_seq > member.read_seq:
        _reminders_are_read(member.person_id, found)


def _reminders_are_read(person_id: int, found: Asked) -> None:
    """Let what reminded somebody of unread messages count as opened in their inbox."""
    reminders = Delivery.objects.filter(
        person_id=person_id, state=State.SENT, opened_at=None, message__dedupe_key__startswith=f"unread:{person_id}:"
    )
    Delivery.objects.filter(pk__in=list(reminders.values_list("pk", flat=True))).update(
        opened_at=found.at, state=State.OPENED
    )
