"""Writes of messages: send, amend, open, acknowledge."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from kith.kernel.facts import publish
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.deliveries import arbiter, fanout, text_lock
from kith.messaging.deliveries.answering import acknowledge
from kith.messaging.deliveries.facts import DeliveriesMade
from kith.messaging.deliveries.models import ANSWERED, Delivery, Message, MessageClass, Severity, State
from kith.messaging.live.push import push
from kith.people.segments.compiler import ALIVE, Compiled

__all__ = ["NewMessage", "acknowledge", "amend_message", "mark_opened", "send_message", "send_to_audience"]
DIRECT = 1000


@dataclass(frozen=True)
class NewMessage:
    """A message to be sent. `dedupe_key`: a second one with the same key is the first one.

    `wording` and its version say which automatic message it is; "" for words somebody wrote.
    """

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
    options: Sequence[dict[str, Any]] = ()
    may_decline: bool = False
    drill: bool = False
    wording: str = ""
    wording_version: int = 0


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
        "options": list(new.options) or None,
        "may_decline": new.may_decline,
        "drill": new.drill,
        "wording": new.wording,
        "wording_version": new.wording_version,
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
            push(person_ids=ids, event="inbox", data={"urgent": urgent, "drill": kept.drill})
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
        if message.title == title and message.body == body:
            return message  # nothing changed, so nobody is asked again
        if not editorial:
            _supersede(message, at=at)
        before = {"version": message.version, "title": dict(message.title), "body": dict(message.body)}
        message.earlier = [*(message.earlier or []), before]
        message.title, message.body, message.version = title, body, message.version + 1
        message.save(update_fields=["title", "body", "version", "earlier"])
    return message


def _supersede(message: Message, *, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH asked AS (UPDATE messaging_delivery d SET state = %(sent)s, acknowledged_at = NULL, "
            "seen_sha256 = NULL, seen_language = NULL, via = NULL, opened_at = NULL, answer = NULL, remark = NULL "
            "FROM messaging_delivery old WHERE old.id = d.id AND d.message_id = %(message)s "
            "AND d.state = ANY(%(answered)s) "
            "RETURNING old.person_id, old.seen_sha256, old.seen_language, old.acknowledged_at, old.answer) "
            "INSERT INTO messaging_supersededacknowledgement "
            "(message_id, person_id, version, seen_sha256, seen_language, acknowledged_at, answer, superseded_at) "
            "SELECT %(message)s, person_id, %(version)s, coalesce(seen_sha256, ''), coalesce(seen_language, ''), "
            "acknowledged_at, answer, %(at)s FROM asked",
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
