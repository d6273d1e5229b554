"""Row 3: payment events five times each, shuffled, eight at once, forged and early, against a real web process."""

import random
import secrets
import sys
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kith.billing.payments.events import apply_kept
from kith.billing.payments.models import Payment, PaymentEvent
from kith.billing.testgateway import signing
from kith.billing.testgateway.events import body_of
from kith.commerce.orders.models import Order
from kith.kernel import clock
from kith.supply.stock.models import StockLevel
from tests.billing.make import SECRET
from tests.commerce import make
from tests.support import served
from tests.support.asking import Asker

pytestmark = [pytest.mark.fault, pytest.mark.row(3)]
SIZES = {"quick": 12, "small": 24, "full": 120}  # events; each is delivered five times
TIMES, AT_ONCE = 5, 8
PATH = "/webhooks/payments/test/"
OTHER = "whsec_" + "QUJD" * 10
BELIEVES = """
import django
django.setup()
from kith.billing.testgateway import actions
actions.signing.verify = lambda *, headers, **_given: headers["webhook-id"]
from kith.config.ground.child import main
main()
"""
Sent = tuple[str, bytes]


@pytest.fixture(autouse=True)
def gateway(settings: Any) -> None:
    settings.KITH_TEST_GATEWAY_SECRET = SECRET


def event(payment: Payment, kind: str) -> Sent:
    body = body_of(kind=kind, payment_key=str(payment.public_id), amount=payment.amount, currency="VND")
    return f"evt_{secrets.token_hex(8)}", body


def deliver(where: str, sent: Sent, *, secret: str = SECRET, at: datetime | None = None, body: bytes = b"") -> int:
    headers = signing.sign(secret=secret, event_id=sent[0], at=at or clock.now(), body=sent[1])
    return Asker(where, {**headers, "Content-Type": "application/json"}).ask("POST", PATH, body or sent[1]).status


def unpaid(number: int) -> list[tuple[Order, Payment]]:
    shop = make.shop(stock=number + 1, quota=number + 1)
    orders = [
        make.order(shop.store, {shop.product: 1}, shop.employee, method="test-gateway", at=clock.now()).order
        for _ in range(number)
    ]
    return [(order, Payment.objects.get(reference=f"order:{order.pk}")) for order in orders]


def forgeries(where: str, payment: Payment) -> list[int]:
    """Send six requests that are not the provider's; return what was answered."""
    sent, now = event(payment, "payment.paid"), clock.now()
    return [
        Asker(where, {"Content-Type": "application/json"}).ask("POST", PATH, sent[1]).status,
        deliver(where, sent, secret=OTHER),
        deliver(where, sent, at=now - timedelta(hours=1)),
        deliver(where, sent, at=now + timedelta(hours=1)),
        deliver(where, sent, body=sent[1].replace(b"75000", b"1")),
        deliver(where, (sent[0], b'{"type": "payment.paid"}')),
    ]


def test_events_doubled_shuffled_and_at_once_end_right_and_forged_ones_are_refused(
    database_url: str, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    size, chance, took = SIZES[check_size], random.Random(3), []
    pairs = unpaid(size // 2 + 1)
    (_last, unpaid_one), pairs = pairs[-1], pairs[:-1]
    deliveries = []
    for n, (_order, payment) in enumerate(pairs):
        kinds = ("payment.paid", "payment.refunded") if n % 3 == 0 else ("payment.failed", "payment.paid")
        deliveries += [sent for sent in (event(payment, kind) for kind in kinds) for _ in range(TIMES)]
    chance.shuffle(deliveries)

    def timed(sent: Sent) -> int:
        begun = time.monotonic()
        status = deliver(where, sent)
        took.append(time.monotonic() - begun)
        return status

    with served.serving(database_url, more={"KITH_TEST_GATEWAY_SECRET": SECRET}) as where:
        early = event(Payment(public_id=uuid.uuid4(), amount=unpaid_one.amount), "payment.paid")
        assert deliver(where, early) == 200
        with ThreadPoolExecutor(AT_ONCE) as pool:
            statuses = set(pool.map(timed, deliveries))
        forged = forgeries(where, unpaid_one)
    wrong = []
    for n, (order, payment) in enumerate(pairs):
        order.refresh_from_db()
        payment.refresh_from_db()
        expected = ("cancelled", "refunded") if n % 3 == 0 else ("placed", "captured")
        if (order.status, payment.state) != expected:
            wrong.append((n, order.status, payment.state))
    slow = sorted(took)[int(len(took) * 0.95)]
    measured(
        f"{len(deliveries)} deliveries of {size} payment events, {AT_ONCE} at once", "0 wrong states, 6/6 forged refused, p95 < 1 s",
        f"{len(wrong)} of {len(pairs)} wrong, {sum(400 <= s < 500 for s in forged)}/6 refused, p95 {slow * 1000:.0f} ms",
    )  # fmt: skip
    assert statuses == {200}
    assert wrong == []
    assert all(400 <= status < 500 for status in forged)
    assert PaymentEvent.objects.count() == size + 1
    assert StockLevel.objects.get().reserved == 1 + sum(n % 3 != 0 for n in range(len(pairs)))
    assert slow < (1 if check_size == "full" else 5)
    Payment.objects.filter(pk=unpaid_one.pk).update(public_id=PaymentEvent.objects.get(applied_at=None).payment_key)
    assert apply_kept(at=clock.now()) == 1
    unpaid_one.refresh_from_db()
    assert (unpaid_one.state, unpaid_one.captured) == ("captured", Decimal(75000))


def test_the_control_a_receiver_that_believes_everybody_takes_the_forgery(database_url: str) -> None:
    [(_order, payment)] = unpaid(1)
    more = {"KITH_TEST_GATEWAY_SECRET": SECRET}
    with served.serving(database_url, more=more, command=[sys.executable, "-c", BELIEVES]) as where:
        assert deliver(where, event(payment, "payment.paid"), secret=OTHER) == 200
    payment.refresh_from_db()
    assert payment.state == "captured"
