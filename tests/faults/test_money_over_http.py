"""Row 5: orders, payments, refunds and cancellations in any order over HTTP; money, goods and bills never drift apart."""

import json
import random
import secrets
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from kith.access.apitokens.actions import issue_token
from kith.billing.invoices.models import Invoice
from kith.billing.payments.models import Payment
from kith.billing.payments.queries import held_for
from kith.billing.testgateway.events import body_of
from kith.commerce.orders.confirming import subject_of, total_left
from kith.commerce.orders.models import Order
from kith.kernel import clock
from kith.kernel.facts.telling import tell_all
from kith.kernel.invariants import INVARIANTS
from kith.people.persons.models import Person
from tests.access import make as access
from tests.billing.make import SECRET
from tests.commerce import make
from tests.faults.test_webhooks_over_http import deliver
from tests.people import make as people
from tests.support import asking, served

pytestmark = [pytest.mark.fault, pytest.mark.row(5)]
SIZES = {"quick": (2, 20), "small": (3, 30), "full": (200, 50)}  # runs, steps of each
METHODS = ("payroll", "test-gateway", "bill")
FINE = {200, 201, 400, 403, 404, 409, 422}


@pytest.fixture(autouse=True)
def gateway(settings: Any) -> None:
    settings.KITH_TEST_GATEWAY_SECRET = SECRET


def program(address: str, person: Person) -> asking.Asker:
    late = clock.now() + timedelta(days=1)
    token = issue_token(person=person, name="run", scopes=("read", "write"), expires_at=late, at=clock.now())
    return asking.program(address, token)


class Run:
    """A shop with one buyer and one clerk, who do what chance says over HTTP; `said` counts the answers."""

    def __init__(self, address: str, seed: int) -> None:
        self.address, self.random = address, random.Random(seed)
        self.shop = make.shop("33333", stock=12, quota=8, limit="200000")
        clerk = people.employee()
        access.grant(clerk, "shop", "finance")
        self.buyer, self.clerk = program(address, self.shop.employee), program(address, clerk)
        self.said: list[int] = []

    @property
    def orders(self) -> list[Order]:
        return list(Order.objects.filter(buyer=self.shop.employee).order_by("pk"))

    def send(self, who: asking.Asker, path: str, body: dict[str, Any]) -> None:
        answer = who.ask("POST", f"/api/v1/{path}", json.dumps(body).encode(), Idempotency_Key=secrets.token_hex(8))
        self.said.append(answer.status)

    def buy(self) -> None:
        method = self.random.choice(METHODS)
        body = {
            "store": self.shop.store.code, "ship_to": "Desk 12", "method": method, "consent": method == "payroll",
            "lines": [{"product": str(self.shop.product.public_id), "quantity": self.random.randint(1, 4)}],
            "at_public_price": self.random.random() < 0.3,
        }  # fmt: skip
        self.send(self.buyer, "orders", body)

    def cancel(self) -> None:
        order = self.random.choice(self.orders)
        self.send(self.random.choice([self.buyer, self.clerk]), f"orders/{order.public_id}/cancel", {})

    def cancel_some(self) -> None:
        order, number = self.random.choice(self.orders), self.random.randint(1, 3)
        path = f"orders/{order.public_id}/lines/1/cancel"
        self.send(self.random.choice([self.buyer, self.clerk]), path, {"quantity": number})

    def advance(self) -> None:
        order, step = self.random.choice(self.orders), self.random.choice(["picking", "packed", "shipped", "delivered"])
        self.send(self.clerk, f"orders/{order.public_id}/advance", {"to": step})

    def report(self) -> None:
        """Let the provider say what became of a payment, now and then of a part, of more, or twice."""
        payment = self.random.choice(list(Payment.objects.filter(method="test-gateway")))
        kind = self.random.choice(["payment.paid", "payment.paid", "payment.failed", "payment.refunded"])
        amount = self.random.choice([payment.amount, payment.amount, Decimal(1000), payment.amount + 1])
        body = body_of(kind=kind, payment_key=str(payment.public_id), amount=amount, currency="VND")
        sent = (f"evt_{secrets.token_hex(8)}", body)
        self.said += [deliver(self.address, sent) for _ in range(self.random.choice([1, 1, 2]))]

    def step(self) -> None:
        do = self.random.choice(
            [
                self.buy,
                self.buy,
                self.cancel_some,
                self.cancel_some,
                self.cancel,
                self.advance,
                self.report,
                self.report,
            ]
        )
        if do == self.buy or (self.orders and (do != self.report or Payment.objects.filter(method="test-gateway"))):
            do()


def violations(run: Run, *, settled: bool) -> list[str]:
    """Return what does not add up, now; bills are compared once everything was told."""
    found = [f"{name}: {line}" for name, rule in INVARIANTS.items() for line in rule.breaches()]
    for order in run.orders:
        subject = str(subject_of(order))
        found += [
            f"{payment.public_id}: {payment.refunded} of {payment.captured} of {payment.amount}"
            for payment in Payment.objects.filter(reference=subject)
            if not 0 <= payment.refunded <= payment.captured <= payment.amount
        ]
        left = total_left(order).amount
        if held_for(reference=subject) > (left if settled else order.total):
            found.append(f"{order.number} holds more than {left}")
        billed = sum(document.total for document in Invoice.objects.filter(reference=subject))
        if settled and order.confirmed_at is not None and billed != left:
            found.append(f"{order.number} is billed {billed}, not {left}")
    return found


def test_no_sequence_over_http_makes_money_goods_and_bills_drift_apart(
    database_url: str, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    runs, steps = SIZES[check_size]
    wrong, said = [], []
    with served.serving(database_url, more={"KITH_TEST_GATEWAY_SECRET": SECRET}) as where:
        for seed in range(runs):
            run = Run(where, seed)
            for n in range(steps):
                run.step()
                if n % 10 == 9:
                    wrong += violations(run, settled=False)
            tell_all(at=clock.now())
            wrong += violations(run, settled=True)
            said += run.said
    measured(
        f"{runs} runs of {steps} steps over HTTP", "0 violations, 0 x 5xx",
        f"{len(wrong)} violations, {len(said):,} answers, {sum(status >= 500 for status in said)} x 5xx",
    )  # fmt: skip
    assert wrong == []
    assert set(said) <= FINE
    assert said.count(201) > runs
    assert Payment.objects.filter(refunded__gt=0).exists()
