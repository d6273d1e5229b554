"""Writes of messages: send, amend, open, acknowledge."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import NotFound, Refusal
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.deliveries import arbiter, fanout, text_lock
from kith.messaging.deliveries.facts import DeliveriesMade, MessageAcknowledged
from kith.messaging.deliveries.models import (
    ANSWERED,
    OUTSTANDING,
    Delivery,
    Message,
    MessageClass,
    Severity,
    State,
)
from kith.messaging.deliveries.rendering import renderings
from kith.messaging.live.push import push
from kith.people.segments.compiler import ALIVE, Compiled

DIRECT = 1000


@dataclass(frozen=True)
class NewMessage:
    """A message to be sent. `dedupe_key`: a second one with the same key is the first one."""

    title: Text
    body: Text
    message_class: MessageClass = MessageClass.SERVICE
    severity: Severity = Severity.NORMAL
    about: Subject | None = None
    link: str = ""
    sender_id: int | None = None
    needs_acknowledgement: bool = False
    due_at: datetime | None = None
    dedupe_key: str | None = None


def _create(new: NewMessage, *, at: datetime) -> tuple[Message, bool]:
    fields = {
        "message_class": new.message_class,
        "severity": new.severity,
        "title": new.title,
        "body": new.body,
        "about": str(new.about) if new.about else "",
        "link": new.link,
        "sender_id": new.sender_id,
        "needs_acknowledgement": new.needs_acknowledgement,
        "due_at": new.due_at,
        "at": at,
    }
    if new.dedupe_key is None:
        return Message.objects.create(**fields), True
    return Message.objects.get_or_create(dedupe_key=new.dedupe_key, defaults=fields)


def send_message(*, message: NewMessage, to: Collection[int], at: datetime) -> Message:
    """Send a message to some persons now; the arbiter decides for all of them in one statement.

    Deactivated and merged persons get nothing. More than 1,000 go out in the background.
    """
    with transaction.atomic():
        kept, fresh = _create(message, at=at)
        if not fresh:
            return kept
        ids = sorted(set(to))
        if len(ids) > DIRECT:
            return _go_out(kept, where=f"{ALIVE} AND p.id = ANY(%(ids)s)", params={"ids": ids})
        if ids:
            arbiter.deliver(kept, where=f"{ALIVE} AND p.id = ANY(%(ids)s)", params={"ids": ids}, at=at)
            urgent = kept.severity >= Severity.URGENT
            publish(DeliveriesMade(message_id=kept.pk, after=ids[0] - 1, upto=ids[-1], urgent=urgent), at=at)
            push(person_ids=ids, event="inbox", data={"urgent": urgent})
        kept.sent_out_at = at
        kept.save(update_fields=["sent_out_at"])
    return kept


def send_to_audience(*, message: NewMessage, audience: Compiled, at: datetime) -> Message:
    """Send a message to everyone in a compiled segment; it goes out in the background, the sender does not wait."""
    with transaction.atomic():
        kept, fresh = _create(message, at=at)
        return _go_out(kept, where=audience.where, params=audience.params) if fresh else kept


def _go_out(message: Message, *, where: str, params: dict[str, object]) -> Message:
    message.where, message.params = where, fanout.stored_params(params)
    message.save(update_fields=["where", "params"])
    fanout.go_out.defer(message_id=message.pk, lock=f"send-out:{message.pk}")
    return message


def amend_message(*, message_id: int, title: Text, body: Text, editorial: bool, at: datetime) -> Message:
    """Change the text of a message. Unless the change is editorial, whoever acknowledged is asked again."""
    with transaction.atomic():
        text_lock.hold_to_change(message_id=message_id)
        message = Message.objects.select_for_update().get(pk=message_id)
        if not editorial:
            _supersede(message, at=at)
        message.title, message.body, message.version = title, body, message.version + 1
        message.save(update_fields=["title", "body", "version"])
    return message


def _supersede(message: Message, *, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH asked AS (UPDATE messaging_delivery d SET state = %(sent)s, acknowledged_at = NULL, "
            "seen_sha256 = NULL, seen_language = NULL, via = NULL, opened_at = NULL "
            "FROM messaging_delivery old WHERE old.id = d.id AND d.message_id = %(message)s "
            "AND d.state = ANY(%(answered)s) "
            "RETURNING old.person_id, old.seen_sha256, old.seen_language, old.acknowledged_at) "
            "INSERT INTO messaging_supersededacknowledgement "
            "(message_id, person_id, version, seen_sha256, seen_language, acknowledged_at, superseded_at) "
            "SELECT %(message)s, person_id, %(version)s, seen_sha256, seen_language, acknowledged_at, %(at)s "
            "FROM asked",
            {
                "sent": State.SENT,
                "message": message.pk,
                "answered": [state.value for state in ANSWERED],
                "version": message.version,
                "at": at,
            },
        )


def mark_opened(*, delivery: Delivery, at: datetime) -> None:
    """Record that a person opened a message, once."""
    if delivery.opened_at is None:
        Delivery.objects.filter(pk=delivery.pk, opened_at__isnull=True).update(opened_at=at)
        Delivery.objects.filter(pk=delivery.pk, state=State.SENT).update(state=State.OPENED)


def acknowledge(*, delivery_id: int, person_id: int, seen_sha256: str, at: datetime, via: str) -> Delivery:
    """Acknowledge the exact text with hash `seen_sha256`; a second time changes nothing.

    `NotFound` for somebody else's delivery; `Refusal` when the text has changed since it was shown.
    """
    with transaction.atomic():
        text_lock.hold_to_answer(delivery_id=delivery_id)
        delivery = Delivery.objects.select_related("message").filter(pk=delivery_id, person_id=person_id).first()
        if delivery is None or not delivery.message.needs_acknowledgement:
            raise NotFound(_("There is nothing here to acknowledge."))
        if delivery.state not in OUTSTANDING:
            return delivery
        seen = renderings(delivery.message).get(seen_sha256)
        if seen is None:
            raise Refusal(_("The text has changed since you opened it. Please read it again."))
        late = delivery.message.due_at is not None and at > delivery.message.due_at
        answer = {
            "state": State.LATE if late else State.ACKNOWLEDGED,
            "acknowledged_at": at,
            "seen_sha256": seen.sha256,
            "seen_language": seen.language,
            "via": via,
        }
        if not _write(answer, delivery_id=delivery_id):
            delivery.refresh_from_db()  # another click of the same person was first
            return delivery
        vars(delivery).update(answer)
        happened = MessageAcknowledged(message_id=delivery.message_id, person_id=person_id, late=late)
        publish(happened, at=at, by_id=person_id)
    return delivery


_ANSWER = (
    "UPDATE messaging_delivery SET state = %(state)s, acknowledged_at = %(acknowledged_at)s, "
    "seen_sha256 = %(seen_sha256)s, seen_language = %(seen_language)s, via = %(via)s "
    "WHERE id = %(id)s AND state = ANY(%(outstanding)s)"
)


def _write(answer: dict[str, Any], *, delivery_id: int) -> bool:
    """Write an answer to a delivery that has none; False where it has one."""
    with connection.cursor() as cursor:
        outstanding = [state.value for state in OUTSTANDING]
        cursor.execute(_ANSWER, {**answer, "id": delivery_id, "outstanding": outstanding})
        return bool(cursor.rowcount)
