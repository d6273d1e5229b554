"""Webhooks may be forged, doubled, shuffled, early or late: the end is always the same and right."""

import random
import secrets
import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from kith.billing.payments.events import apply_kept
from kith.billing.payments.models import Payment, PaymentEvent, PaymentState
from kith.billing.testgateway import signing
from kith.billing.testgateway.actions import receive_webhook
from kith.billing.testgateway.events import BadEventError, body_of
from kith.commerce.orders.cancelling import cancel_order, expire
from kith.commerce.orders.models import Order, OrderStatus
from kith.kernel.facts.telling import tell_all
from kith.supply.stock.models import StockLevel
from tests.billing.make import SECRET
from tests.commerce import make

pytestmark = pytest.mark.django_db
AT = make.AT


@pytest.fixture(autouse=True)
def gateway(settings: Any) -> None:
    settings.KITH_TEST_GATEWAY_SECRET = SECRET


def event(payment: Payment, kind: str, amount: Decimal | None = None) -> tuple[str, bytes]:
    body = body_of(kind=kind, payment_key=str(payment.public_id), amount=amount or payment.amount, currency="VND")
    return f"evt_{secrets.token_hex(8)}", body


def deliver(sent: tuple[str, bytes], *, at: Any = AT, secret: str = SECRET, signed_at: Any = None) -> PaymentEvent:
    headers = signing.sign(secret=secret, event_id=sent[0], at=signed_at or at, body=sent[1])
    return receive_webhook(headers=headers, body=sent[1], at=at)


def waiting(shop: make.Shop, quantity: int = 1) -> tuple[Order, Payment]:
    order = make.order(shop.store, {shop.product: quantity}, shop.employee, method="test-gateway").order
    assert order.status == OrderStatus.AWAITING_PAYMENT
    return order, Payment.objects.get(reference=f"order:{order.pk}")


def states(order: Order, payment: Payment) -> tuple[str, str]:
    order.refresh_from_db()
    payment.refresh_from_db()
    return order.status, payment.state


def test_paid_makes_the_order_binding_once() -> None:
    order, payment = waiting(make.shop())
    sent = event(payment, "payment.paid")
    for _ in range(3):
        deliver(sent)
    assert deliver(event(payment, "payment.paid")).outcome == "known already"

    assert states(order, payment) == ("placed", "captured")
    assert PaymentEvent.objects.count() == 2
    tell_all(at=AT)
    assert Payment.objects.get().allocations.get().amount == order.total


def test_shuffled_and_doubled_events_end_the_same() -> None:
    shop = make.shop(stock=100, quota=100)
    rng = random.Random(7)
    pairs = [waiting(shop) for _ in range(12)]
    deliveries = []
    for number, (_order, payment) in enumerate(pairs):
        kinds = ("payment.failed", "payment.paid") if number % 2 else ("payment.paid", "payment.refunded")
        deliveries += [sent for sent in (event(payment, kind) for kind in kinds) for _ in range(5)]
    rng.shuffle(deliveries)
    for sent in deliveries:
        deliver(sent)

    for number, (order, payment) in enumerate(pairs):
        expected = ("placed", "captured") if number % 2 else ("cancelled", "refunded")
        assert states(order, payment) == expected
    assert StockLevel.objects.get().reserved == 6


def test_an_event_for_a_payment_not_yet_known_waits_for_it() -> None:
    key = uuid.uuid4()
    body = body_of(kind="payment.paid", payment_key=str(key), amount=Decimal(75000), currency="VND")
    kept = deliver(("evt_early", body))
    assert (kept.applied_at, kept.outcome) == (None, "kept")
    assert apply_kept(at=AT) == 0

    order, payment = waiting(make.shop())
    Payment.objects.filter(pk=payment.pk).update(public_id=key)
    assert apply_kept(at=AT) == 1
    assert states(order, payment) == ("placed", "captured")


def test_an_event_over_another_amount_moves_nothing() -> None:
    order, payment = waiting(make.shop())
    kept = deliver(event(payment, "payment.paid", Decimal(1)))

    assert kept.outcome == "amount differs"
    assert states(order, payment) == ("awaiting-payment", "pending")


def test_forged_and_stale_requests_are_refused() -> None:
    _order, payment = waiting(make.shop())
    name, body = event(payment, "payment.paid")
    good = signing.sign(secret=SECRET, event_id=name, at=AT, body=body)
    other = "whsec_" + "QUJD" * 10
    bad = [
        ({}, body, AT),
        (signing.sign(secret=other, event_id=name, at=AT, body=body), body, AT),
        (good, body, AT + timedelta(hours=1)),
        (good, body, AT - timedelta(seconds=301)),
        (good, body.replace(b"75000", b"1"), AT),
        ({**good, "webhook-id": "evt_other"}, body, AT),
        ({**good, "webhook-timestamp": "yesterday"}, body, AT),
    ]
    for headers, sent, at in bad:
        with pytest.raises(signing.BadSignatureError):
            receive_webhook(headers=headers, body=sent, at=at)
    for malformed in (b"", b"[]", b"{", b'{"type": "payment.paid"}', body.replace(b"payment.paid", b"payment.gone")):
        with pytest.raises(BadEventError):
            deliver(("evt_x", malformed))
    for amount in ("NaN", "-1", "1E+400", "1E-400", "0"):
        with pytest.raises(BadEventError):
            deliver(("evt_x", body.replace(b"75000", amount.encode())))

    assert PaymentEvent.objects.count() == 0
    assert Payment.objects.get().state == PaymentState.PENDING


def test_control_an_unverified_receiver_would_take_the_forgery(monkeypatch: pytest.MonkeyPatch) -> None:
    order, payment = waiting(make.shop())
    monkeypatch.setattr("kith.billing.testgateway.actions.signing.verify", lambda **_given: "evt_forged")
    receive_webhook(headers={}, body=event(payment, "payment.paid")[1], at=AT)

    assert states(order, payment) == ("placed", "captured")


def test_money_that_comes_too_late_finds_its_goods_again() -> None:
    shop = make.shop(stock=1)
    order, payment = waiting(shop)
    late = AT + timedelta(minutes=31)
    assert expire(order_id=order.pk, at=late)
    assert states(order, payment) == ("expired", "pending")
    assert StockLevel.objects.get().reserved == 0

    deliver(event(payment, "payment.paid"), at=late)
    assert states(order, payment) == ("placed", "captured")
    assert StockLevel.objects.get().reserved == 1


def test_money_that_comes_too_late_goes_back_when_the_goods_are_gone() -> None:
    shop = make.shop(stock=1)
    order, payment = waiting(shop)
    late = AT + timedelta(minutes=31)
    expire(order_id=order.pk, at=late)
    make.order(shop.store, {shop.product: 1}, make.people.person())

    deliver(event(payment, "payment.paid"), at=late)
    assert states(order, payment) == ("expired", "refunded")
    assert payment.refunded == payment.captured == Decimal(75000)
    assert StockLevel.objects.get().reserved == 1


def test_a_payment_for_a_cancelled_order_goes_back() -> None:
    order, payment = waiting(make.shop())
    cancel_order(order=order, by_id=None, at=AT)
    deliver(event(payment, "payment.paid"))

    assert states(order, payment) == ("cancelled", "refunded")
