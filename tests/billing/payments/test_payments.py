"""No more goes back than came in, unknown payments are seen, a bill is never paid twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections

from kith.billing.bills import actions as bills
from kith.billing.invariants import refunds_that_do_not_add_up
from kith.billing.invoices.models import Invoice
from kith.billing.payments import actions as payments
from kith.billing.payments.models import Payment, PaymentState, Refund
from kith.billing.payments.tasks import doubt
from kith.billing.payroll.rules import month_of
from kith.billing.processes.actions import save_process
from kith.billing.processes.methods import Asked
from kith.billing.processes.models import PaymentProcess
from kith.billing.processes.queries import offered
from kith.billing.processes.rules import Step, parse
from kith.commerce.orders.actions import cancel_units
from kith.kernel.facts.telling import tell_all
from kith.kernel.money import Money
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from tests.billing.make import SECRET
from tests.commerce import make
from tests.people import make as people

AT = make.AT


@pytest.fixture(autouse=True)
def gateway(settings: Any) -> None:
    settings.KITH_TEST_GATEWAY_SECRET = SECRET


def pay(reference: Subject, amount: str, payer: Any) -> Payment:
    asked = Asked(payer.person_id, people.organization().pk, Money(Decimal(amount), "VND"), "en", AT)
    payment = payments.start(payer=payer, reference=reference, method="test-gateway", asked=asked)
    payments.capture(payment_id=payment.pk, at=AT)
    return payment


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_refunds_at_once_never_exceed_what_came_in() -> None:
    payer, reference = make.billing.payer(), Subject("thing", 1)
    pay(reference, "100", payer)
    gate = threading.Barrier(8)

    def work(number: int) -> Decimal:
        gate.wait()
        try:
            sent = payments.refund_above(
                payer_id=payer.pk, reference=reference, keep=Money(Decimal(0), "VND"),
                cause=Subject("try", number), at=AT, by_id=None,
            )  # fmt: skip
            return sent.amount
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        sent = sorted(pool.map(work, range(8)))
    assert sent == [Decimal(0)] * 7 + [Decimal(100)]
    assert (Refund.objects.count(), Payment.objects.get().refunded) == (1, Decimal(100))
    assert refunds_that_do_not_add_up() == []


@pytest.mark.django_db
def test_the_newest_payment_gives_back_first_and_only_what_is_above() -> None:
    payer, reference = make.billing.payer(), Subject("thing", 1)
    first, second = pay(reference, "100", payer), pay(reference, "50", payer)
    given = {"payer_id": payer.pk, "reference": reference, "at": AT, "by_id": None}

    assert payments.refund_above(keep=Money(Decimal(80), "VND"), cause=Subject("c", 1), **given).amount == 70
    assert payments.refund_above(keep=Money(Decimal(80), "VND"), cause=Subject("c", 2), **given).amount == 0
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.refunded, second.refunded, second.state) == (Decimal(20), Decimal(50), PaymentState.REFUNDED)


@pytest.mark.django_db
def test_silence_becomes_unknown_and_an_answer_still_counts() -> None:
    payer = make.billing.payer()
    asked = Asked(payer.person_id, people.organization().pk, Money(Decimal(10), "VND"), "en", AT)
    payment = payments.start(payer=payer, reference=Subject("thing", 1), method="test-gateway", asked=asked)
    assert doubt(at=AT + timedelta(minutes=4)) == 0
    assert doubt(at=AT + timedelta(minutes=5)) == 1
    payment.refresh_from_db()
    assert payment.state == PaymentState.UNKNOWN
    assert payment.next_check_at == AT + timedelta(minutes=65)
    assert doubt(at=AT + timedelta(minutes=64)) == 0

    assert payments.capture(payment_id=payment.pk, at=AT)
    payment.refresh_from_db()
    assert (payment.state, payment.next_check_at) == (PaymentState.CAPTURED, None)
    assert not payments.fail(payment_id=payment.pk, at=AT)


@pytest.mark.django_db
def test_a_bill_paid_on_two_devices_is_paid_once() -> None:
    shop = make.shop()
    make.order(shop.store, {shop.product: 2}, shop.employee)
    tell_all(at=AT)
    bill = Invoice.objects.get()
    given = {"method": "test-gateway", "person_id": shop.employee.pk, "return_url": "", "at": AT, "details": {}}
    one, other = (bills.pay(invoice=bill, **given) for _ in range(2))
    for payment in (one, other):
        payments.capture(payment_id=payment.pk, at=AT)

    assert bills.due_of(bill).amount == 0
    assert sum(row.amount for row in bill.allocations.all()) == bill.total
    assert sorted(Payment.objects.values_list("state", flat=True)) == ["captured", "refunded"]
    with pytest.raises(Refusal, match="is paid"):
        bills.pay(invoice=bill, **given)


@pytest.mark.django_db
def test_cancelling_after_the_bill_was_paid_gives_the_bills_money_back() -> None:
    shop = make.shop()
    order = make.order(shop.store, {shop.product: 2}, shop.employee).order
    tell_all(at=AT)
    bill = Invoice.objects.get()
    payment = bills.pay(
        invoice=bill, method="test-gateway", person_id=shop.employee.pk, return_url="", at=AT, details={}
    )
    payments.capture(payment_id=payment.pk, at=AT)
    cancel_units(line=order.lines.get(), quantity=1, by_id=None, caller="x", idempotency_key="k", at=AT)
    tell_all(at=AT)

    payment.refresh_from_db()
    assert (payment.captured, payment.refunded) == (Decimal(150000), Decimal(75000))
    assert bills.due_of(bill).amount == 0


@pytest.mark.django_db
def test_a_process_offers_by_segment_and_amount_and_keeps_its_versions() -> None:
    make.employees()
    steps = [
        Step("payroll", "employees", at_most=Decimal(500)), Step("test-gateway", at_least=Decimal(10)),
        Step("bill", "employees", days=30), Step("bill", days=7),
    ]  # fmt: skip
    first = save_process(code="standard", name=Text(en="S"), currency="VND", steps=steps, at=AT, by_id=None)
    employee, customer = people.employee(), people.customer()

    def ways(person: Any, amount: str) -> list[tuple[str, int]]:
        asked = Asked(person.pk, 0, Money(Decimal(amount), "VND"), "en", AT)
        return [(offer.method, offer.days) for offer in offered(process=first, asked=asked)]

    assert ways(employee, "100") == [("payroll", 14), ("test-gateway", 14), ("bill", 30)]
    assert ways(employee, "501") == [("test-gateway", 14), ("bill", 30)]
    assert ways(customer, "5") == [("bill", 7)]
    second = save_process(code="standard", name=Text(en="S"), currency="VND", steps=steps[1:2], at=AT, by_id=None)
    first.refresh_from_db()
    assert (second.version, second.is_current, first.is_current, len(first.steps)) == (2, True, False, 4)
    assert [parse(stored) for stored in first.steps] == steps


@pytest.mark.django_db
@pytest.mark.parametrize(
    "step",
    [
        Step("cowries"),
        Step("bill", "nobody"),
        Step("bill", at_least=Decimal(2), at_most=Decimal(1)),
        Step("bill", days=-1),
    ],
)
def test_a_wrong_process_is_refused(step: Step) -> None:
    with pytest.raises(BadInput):
        save_process(code="x", name=Text(), currency="VND", steps=[step], at=AT, by_id=None)
    with pytest.raises(BadInput):
        save_process(code="x", name=Text(), currency="VND", steps=[], at=AT, by_id=None)
    assert PaymentProcess.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "month"),
    [
        ("2026-11-20", "2026-11-01"),
        ("2026-11-21", "2026-12-01"),
        ("2026-12-31", "2027-01-01"),
        ("2026-01-01", "2026-01-01"),
    ],
)
def test_the_salary_that_is_still_open(day: str, month: str) -> None:
    assert month_of(date.fromisoformat(day), closes_on_day=20) == date.fromisoformat(month)
