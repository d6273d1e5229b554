"""What a recipient says to a message: that it was read, one of the answers offered, or no with a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.numbers import whole
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.messaging.deliveries import text_lock
from kith.messaging.deliveries.facts import MessageAcknowledged
from kith.messaging.deliveries.models import ANSWERABLE, ANSWERED, Delivery, Message, State
from kith.messaging.deliveries.rendering import Rendering, renderings

MAX_REASON = 300


@dataclass(frozen=True)
class Said:
    """What is said: `answer` counts the answers offered from 0; `declined` is the reason of a no."""

    answer: int | None = None
    declined: str | None = None


READ = Said()


def said(*, answer: str, declined: str | None) -> Said:
    """Return what a form says; `BadInput` for a number that is none."""
    if declined is not None:
        return Said(declined=declined)
    if not answer:
        return READ
    number = whole(answer, digits=2)
    if number is None:
        raise BadInput(_("Choose one of the answers."), field="answer")
    return Said(answer=number)


def acknowledge(
    *, delivery_id: int, person_id: int, seen_sha256: str, at: datetime, via: str, says: Said = READ
) -> Delivery:
    """Answer to the exact text with hash `seen_sha256`; the same answer a second time changes nothing.

    Another of the answers offered takes the place of the first, which is kept. `NotFound` for somebody else's
    delivery; `Refusal` when the text has changed since it was shown; `BadInput` for what is not offered.
    """
    with transaction.atomic():
        text_lock.hold_to_answer(delivery_id=delivery_id)
        delivery = Delivery.objects.select_related("message").filter(pk=delivery_id, person_id=person_id).first()
        if delivery is None or not delivery.message.needs_acknowledgement or delivery.state == State.LEFT:
            raise NotFound(_("There is nothing here to acknowledge."))
        if delivery.state in ANSWERED and (not delivery.message.options or says in (READ, _already(delivery))):
            return delivery
        seen = renderings(delivery.message).get(seen_sha256)
        if seen is None:
            raise Refusal(_("The text has changed since you opened it. Please read it again."))
        return _record(delivery, seen=seen, says=_checked(delivery.message, says), at=at, via=via)


def count_in(*, delivery_id: int, answer: int, at: datetime, via: str) -> Delivery:
    """Record what somebody on the spot saw of a person who need not have seen the text; `NotFound` where none asks."""
    with transaction.atomic():
        text_lock.hold_to_answer(delivery_id=delivery_id)
        delivery = Delivery.objects.select_related("message").filter(pk=delivery_id).first()
        if delivery is None or not delivery.message.options or delivery.state == State.LEFT:
            raise NotFound(_("There is nothing here to acknowledge."))
        says = _checked(delivery.message, Said(answer=answer))
        if delivery.state in ANSWERED and says == _already(delivery):
            return delivery
        return _record(delivery, seen=None, says=says, at=at, via=via)


def _already(delivery: Delivery) -> Said:
    return Said(answer=delivery.answer, declined=delivery.remark if delivery.state == State.DECLINED else None)


def _checked(message: Message, says: Said) -> Said:
    if says.declined is not None:
        if not message.may_decline:
            raise BadInput(_("This cannot be declined."), field="declined")
        reason = says.declined.replace("\0", "").strip()[:MAX_REASON]
        if not reason:
            raise BadInput(_("Say why you decline."), field="declined")
        return Said(declined=reason)
    options = message.options or []
    if options and (says.answer is None or not 0 <= says.answer < len(options)):
        raise BadInput(_("Choose one of the answers."), field="answer")
    return says if options else READ


def _state(delivery: Delivery, says: Said, *, at: datetime) -> State:
    if delivery.message.due_at is not None and at > delivery.message.due_at:
        return State.LATE
    if says.declined is not None:
        return State.DECLINED
    return State.ACKNOWLEDGED if says.answer is None else State.ANSWERED


_ANSWER = (
    "UPDATE messaging_delivery SET state = %(state)s, acknowledged_at = %(acknowledged_at)s, "
    "seen_sha256 = %(seen_sha256)s, seen_language = %(seen_language)s, via = %(via)s, answer = %(answer)s, "
    "remark = %(remark)s WHERE id = %(id)s AND state = ANY(%(before)s)"
)
_KEEP = (
    "INSERT INTO messaging_supersededacknowledgement (message_id, person_id, version, seen_sha256, seen_language, "
    "acknowledged_at, answer, superseded_at) SELECT message_id, person_id, %(version)s, coalesce(seen_sha256, ''), "
    "coalesce(seen_language, ''), acknowledged_at, answer, %(at)s FROM messaging_delivery "
    "WHERE id = %(id)s AND state = ANY(%(answered)s)"
)


def _record(delivery: Delivery, *, seen: Rendering | None, says: Said, at: datetime, via: str) -> Delivery:
    state = _state(delivery, says, at=at)
    written: dict[str, Any] = {
        "state": state,
        "acknowledged_at": at,
        "seen_sha256": seen.sha256 if seen else None,
        "seen_language": seen.language if seen else None,
        "via": via,
        "answer": says.answer,
        "remark": says.declined,
    }
    changes = delivery.state in ANSWERED
    before = [kept.value for kept in (*ANSWERABLE, *(ANSWERED if changes else ()))]
    with connection.cursor() as cursor:
        if changes:
            given: dict[str, Any] = {"id": delivery.pk, "version": delivery.message.version, "at": at}
            cursor.execute(_KEEP, {**given, "answered": [kept.value for kept in ANSWERED]})
        cursor.execute(_ANSWER, {**written, "id": delivery.pk, "before": before})
        if not cursor.rowcount:
            delivery.refresh_from_db()  # another click of the same person was first
            return delivery
    vars(delivery).update(written)
    happened = MessageAcknowledged(
        message_id=delivery.message_id, person_id=delivery.person_id, late=state == State.LATE
    )
    publish(happened, at=at, by_id=delivery.person_id if seen else None)
    return delivery
