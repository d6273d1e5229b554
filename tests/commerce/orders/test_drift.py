"""Whatever happens in whatever order: stock, quota, money and bills never drift apart."""

import random
import secrets
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from kith.billing.bills import actions as bills
from kith.billing.invariants import gaps_in_numbers, lines_that_do_not_add_up, refunds_that_do_not_add_up
from kith.billing.invoices.models import Invoice
from kith.billing.payments import events
from kith.billing.payments.models import Payment
from kith.billing.payments.queries import held_for
from kith.billing.payroll.queries import deducted
from kith.commerce.orders import actions
from kith.commerce.orders.confirming import subject_of, total_left
from kith.commerce.orders.models import OPEN, Order, OrderLine
from kith.commerce.orders.tasks import expire_due
from kith.commerce.quotas.queries import left
from kith.kernel.facts.telling import tell_all
from kith.kernel.refusals import Refusal
from kith.supply.stock.invariants import drifted
from kith.supply.stock.models import StockLevel
from tests.billing.make import SECRET
from tests.commerce import make

pytestmark = pytest.mark.django_db
AT = make.AT
METHODS = ("payroll", "test-gateway", "bill")


class World:
    """A shop, and everything that can happen in it, drawn by a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.shop = make.shop("33333", stock=12, quota=8, limit="200000")
        self.at = AT

    def order(self) -> None:
        lines = {self.shop.product: self.random.randint(1, 4)}
        public = self.random.random() < 0.3
        make.order(
            self.shop.store, lines, self.shop.employee, method=self.random.choice(METHODS), at=self.at,
            at_public_price=public,
        )  # fmt: skip

    def cancel_some(self) -> None:
        line = self.random.choice(list(OrderLine.objects.all()))
        actions.cancel_units(
            line=line, quantity=self.random.randint(1, 3), by_id=None, caller="x",
            idempotency_key=secrets.token_hex(8), at=self.at, at_desk=self.random.random() < 0.5,
        )  # fmt: skip

    def cancel_all(self) -> None:
        actions.cancel_order(order=self.random.choice(list(Order.objects.all())), by_id=None, at=self.at, at_desk=True)

    def advance(self) -> None:
        order = self.random.choice(list(Order.objects.all()))
        actions.advance(order=order, to=self.random.choice(["picking", "packed", "shipped"]), by_id=1, at=self.at)

    def report(self) -> None:
        payment = self.random.choice(list(Payment.objects.filter(method="test-gateway")))
        kind = self.random.choice([events.PAID, events.PAID, events.FAILED, events.REFUNDED])
        part = self.random.choice([payment.amount, Decimal(1000)])
        report = events.Report(
            "test", secrets.token_hex(8), kind, str(payment.public_id),
            part if kind == events.REFUNDED else payment.amount, "VND", {},
        )  # fmt: skip
        events.receive(report, at=self.at)

    def pay_bill(self) -> None:
        bill = self.random.choice(list(Invoice.objects.filter(kind="invoice")))
        bills.pay(
            invoice=bill, method=self.random.choice(METHODS[:2]), person_id=self.shop.employee.pk, return_url="",
            at=self.at, details={"consent": "yes"},
        )  # fmt: skip

    def wait(self) -> None:
        self.at += timedelta(minutes=self.random.randint(5, 40))
        expire_due(at=self.at)

    def settle(self) -> None:
        tell_all(at=self.at)

    def step(self) -> None:
        happen: Callable[[], None] = self.random.choice(
            [self.order, self.order, self.cancel_some, self.cancel_some, self.cancel_all, self.advance, self.report,
             self.report, self.pay_bill, self.wait, self.settle]
        )  # fmt: skip
        try:
            with transaction.atomic():
                happen()
        except (Refusal, IndexError):
            return


def check(world: World, *, settled: bool = False) -> None:
    shop = world.shop
    level = StockLevel.objects.get()
    lines = list(OrderLine.objects.select_related("order"))
    assert level.reserved == sum(line.quantity - line.cancelled for line in lines if line.order.status in OPEN)
    gone = sum(line.quantity - line.cancelled for line in lines if line.order.status in {"shipped", "delivered"})
    assert level.on_hand == 12 - gone
    freed = {"expired", "cancelled"}
    used = sum(line.quota_units * (line.quantity - line.cancelled) for line in lines if line.order.status not in freed)
    assert left(store=shop.store, person_id=shop.employee.pk, day=AT.date()) == 8 - used
    assert drifted() == gaps_in_numbers() == lines_that_do_not_add_up() == refunds_that_do_not_add_up() == []
    for payment in Payment.objects.all():
        assert 0 <= payment.refunded <= payment.captured <= payment.amount
    for order in Order.objects.all():
        held = held_for(reference=str(subject_of(order)))
        assert held <= (total_left(order).amount if settled else order.total)
        if order.method == "payroll" and order.status not in freed:
            assert held == total_left(order).amount
    taken = sum(p.captured - p.refunded for p in Payment.objects.filter(method="payroll"))
    assert sum(deducted(person_id=shop.employee.pk, month=AT.date().replace(month=m, day=1)) for m in (11, 12)) == taken


@pytest.mark.parametrize("seed", range(12))
def test_nothing_drifts(seed: int, settings: Any) -> None:
    settings.KITH_TEST_GATEWAY_SECRET = SECRET
    world = World(seed)
    for _ in range(30):
        world.step()
        check(world)
    world.settle()
    check(world, settled=True)
    for order in Order.objects.filter(confirmed_at__isnull=False):
        documents = Invoice.objects.filter(reference=str(subject_of(order)))
        assert sum(document.total for document in documents) == total_left(order).amount
