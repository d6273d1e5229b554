"""What is taken back returns exactly: quota to its lot, stock to its level, money the way it came."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from kith.billing.invoices.models import Invoice, InvoiceKind
from kith.billing.invoices.queries import gaps, with_balance
from kith.billing.payments.models import Payment, PaymentState, Refund
from kith.billing.payroll.models import PayrollDeduction
from kith.commerce.orders.actions import advance, cancel_order, cancel_units
from kith.commerce.orders.models import Cancellation, Order, OrderStatus
from kith.commerce.quotas.queries import left
from kith.kernel.facts.telling import tell_all
from kith.kernel.refusals import BadInput, Refusal
from kith.ledger.lots.models import Entry, Lot
from kith.supply.stock.models import StockLevel
from tests.commerce import make

pytestmark = pytest.mark.django_db
AT = make.AT


def cancel(order: Order, quantity: int, key: str = "k1", **given: object) -> Cancellation:
    return cancel_units(
        line=order.lines.get(), quantity=quantity, by_id=order.buyer_id, caller="person:1", idempotency_key=key, at=AT,
        **given,
    )  # fmt: skip


@pytest.mark.parametrize("billed_first", [True, False])
def test_one_of_two_comes_back_exactly(billed_first: bool) -> None:  # noqa: FBT001
    shop = make.shop()
    order = make.order(shop.store, {shop.product: 2}, shop.employee, method="payroll").order
    if billed_first:
        tell_all(at=AT)
    cancel(order, 1)
    tell_all(at=AT)

    order.refresh_from_db()
    assert (order.status, order.lines.get().cancelled) == (OrderStatus.PLACED, 1)
    assert (level := StockLevel.objects.get(item=shop.product.item)).reserved == 1
    assert level.on_hand == 10
    assert left(store=shop.store, person_id=shop.employee.pk, day=AT.date()) == 4
    assert Lot.objects.count() == 1
    assert Entry.objects.get(step="return").lot == Lot.objects.get()
    payment = Payment.objects.get()
    assert (payment.captured, payment.refunded, payment.state) == (Decimal(150000), Decimal(75000), "captured")
    assert [row.amount for row in PayrollDeduction.objects.order_by("id")] == [Decimal(150000), Decimal(-75000)]
    bill = with_balance(Invoice.objects.filter(kind=InvoiceKind.INVOICE)).get()
    note = Invoice.objects.get(kind=InvoiceKind.CREDIT_NOTE)
    assert (bill.total, note.total, note.number) == (Decimal(150000), Decimal(-75000), "C2026-000001")
    assert (bill.paid, bill.credited, bill.due) == (Decimal(75000), Decimal(-75000), Decimal(0))  # type: ignore[attr-defined]


def test_cancelling_the_rest_makes_credit_notes_the_exact_negation() -> None:
    shop = make.shop("99999")
    order = make.order(shop.store, {shop.product: 3}, shop.employee, method="payroll").order
    for key in ("a", "b", "c"):
        cancel(order, 1, key)
    tell_all(at=AT)

    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELLED
    bill = Invoice.objects.get(kind=InvoiceKind.INVOICE)
    notes = list(bill.credit_notes.all())
    for name in ("net", "tax", "rounding", "total"):
        assert sum(getattr(note, name) for note in notes) == -getattr(bill, name)
    assert Payment.objects.get().state == PaymentState.REFUNDED
    assert sum(refund.amount for refund in Refund.objects.all()) == Payment.objects.get().captured
    assert left(store=shop.store, person_id=shop.employee.pk, day=AT.date()) == 5
    assert gaps() == []


def test_a_double_click_cancels_one() -> None:
    shop = make.shop()
    order = make.order(shop.store, {shop.product: 2}, shop.employee, method="payroll").order

    assert cancel(order, 1).pk == cancel(order, 1).pk
    assert order.lines.get().cancelled == 1
    assert Refund.objects.count() == 1


def test_more_than_is_left_or_after_packing_is_refused() -> None:
    shop = make.shop()
    order = make.order(shop.store, {shop.product: 2}, shop.employee, method="payroll").order
    with pytest.raises(BadInput, match="1 to 2"):
        cancel(order, 3)
    advance(order=order, to="picking", by_id=1, at=AT)
    with pytest.raises(Refusal):
        cancel(order, 1, "k2")
    cancel(order, 1, "k3", at_desk=True)
    for step in ("packed", "shipped"):
        advance(order=order, to=step, by_id=1, at=AT)
    with pytest.raises(Refusal):
        cancel_order(order=order, by_id=1, at=AT, at_desk=True)
    level = StockLevel.objects.get(item=shop.product.item)
    assert (level.on_hand, level.reserved) == (9, 0)


def test_an_unpaid_bill_only_becomes_smaller() -> None:
    shop = make.shop()
    order = make.order(shop.store, {shop.product: 2}, shop.employee, method="bill").order
    tell_all(at=AT)
    cancel(order, 1)
    tell_all(at=AT)

    bill = with_balance(Invoice.objects.filter(kind=InvoiceKind.INVOICE)).get()
    assert (bill.due, Refund.objects.count()) == (Decimal(75000), 0)  # type: ignore[attr-defined]


def test_a_cancelled_order_is_cancelled_once() -> None:
    shop = make.shop()
    order = make.order(shop.store, {shop.product: 2}, shop.employee, method="payroll").order
    cancel_order(order=order, by_id=None, at=AT)
    cancel_order(order=order, by_id=None, at=AT)
    tell_all(at=AT)

    assert Payment.objects.get().refunded == Decimal(150000)
    assert StockLevel.objects.get(item=shop.product.item).reserved == 0
    assert Invoice.objects.filter(kind=InvoiceKind.CREDIT_NOTE).count() == 1


def test_an_issued_bill_cannot_be_changed() -> None:
    shop = make.shop()
    make.order(shop.store, {shop.product: 1}, shop.employee)
    tell_all(at=AT)

    for change in (lambda: Invoice.objects.update(total=1), lambda: Invoice.objects.get().lines.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
