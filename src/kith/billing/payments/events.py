"""What providers report: each event kept whole and once, with its effect in one transaction."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from kith.billing.payments import actions
from kith.billing.payments.models import Payment, PaymentEvent

PAID, FAILED, REFUNDED = "payment.paid", "payment.failed", "payment.refunded"
KEPT = "kept"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Report:
    """One event of a provider on the payment it knows by `payment_key`; a refund's amount is the sum so far."""

    provider: str
    event_id: str
    kind: str
    payment_key: str
    amount: Decimal
    currency: str
    body: dict[str, Any]


def receive(report: Report, *, at: datetime) -> PaymentEvent:
    """Keep an event and apply it; a repeated one changes nothing, one for an unknown payment waits for it."""
    with transaction.atomic():
        event, is_new = PaymentEvent.objects.get_or_create(
            provider=report.provider,
            event_id=report.event_id,
            defaults={
                "kind": report.kind,
                "payment_key": report.payment_key,
                "amount": report.amount,
                "currency": report.currency,
                "body": report.body,
                "received_at": at,
                "outcome": KEPT,
            },
        )
        if is_new:
            _apply(event, at=at)
    return event


def apply_kept(*, at: datetime) -> int:
    """Apply events whose payment has become known; return how many."""
    applied = 0
    for event_id in PaymentEvent.objects.filter(applied_at=None).order_by("id").values_list("id", flat=True)[:BATCH]:
        with transaction.atomic():
            waiting = PaymentEvent.objects.select_for_update(skip_locked=True).filter(pk=event_id, applied_at=None)
            event = waiting.first()
            applied += bool(event is not None and _apply(event, at=at))
    return applied


def _payment_of(event: PaymentEvent) -> Payment | None:
    try:
        key = uuid.UUID(event.payment_key)
    except ValueError:
        return None
    return Payment.objects.filter(public_id=key).first()


def _apply(event: PaymentEvent, *, at: datetime) -> bool:
    payment = _payment_of(event)
    if payment is None:
        return False
    event.outcome = _effect(event, payment, at=at)
    event.applied_at = at
    event.save(update_fields=["outcome", "applied_at"])
    return True


def _effect(event: PaymentEvent, payment: Payment, *, at: datetime) -> str:
    """Let the event act on its payment; return what came of it in a word."""
    too_much = event.amount > payment.amount
    other = event.amount != payment.amount and event.kind != REFUNDED
    if event.currency != payment.currency or too_much or other:
        return "amount differs"
    if event.kind == PAID:
        risen = actions.capture(payment_id=payment.pk, at=at)
    elif event.kind == FAILED:
        risen = actions.fail(payment_id=payment.pk, at=at)
    else:
        risen = actions.provider_refunded(payment_id=payment.pk, total=event.amount, at=at)
    return "applied" if risen else "known already"
