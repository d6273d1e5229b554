"""Placing an order takes quota, stock and money together, once."""

from decimal import Decimal

import pytest

from kith.billing.invoices.models import Invoice
from kith.billing.payments.models import Payment
from kith.billing.payroll.models import PayrollDeduction
from kith.commerce.orders.models import Order, OrderStatus
from kith.commerce.quotas.queries import left
from kith.kernel.facts.telling import tell_all
from kith.kernel.refusals import Refusal
from kith.supply.stock.models import StockLevel
from tests.commerce import make

pytestmark = pytest.mark.django_db
AT = make.AT


def test_an_employee_buys_two_at_the_staff_price_from_the_salary() -> None:
    shop = make.shop()
    placed = make.order(shop.store, {shop.product: 2}, shop.employee, method="payroll")

    order = placed.order
    assert (order.status, order.total, order.quota_units) == (OrderStatus.PLACED, Decimal(150000), 2)
    line = order.lines.get()
    assert (line.unit_price, line.public_price) == (Decimal(75000), Decimal(100000))
    assert sum(Decimal(step["amount"]) for step in line.explanation) == line.unit_price
    level = StockLevel.objects.get(item=shop.product.item)
    assert (level.on_hand, level.reserved) == (10, 2)
    assert left(store=shop.store, person_id=shop.employee.pk, day=AT.date()) == 3
    deduction = PayrollDeduction.objects.get()
    assert (deduction.amount, deduction.month.isoformat()) == (Decimal(150000), "2026-12-01")
    assert deduction.consent_text == "Take ₫150,000 from my salary of 12/2026."
    assert Payment.objects.get().captured == Decimal(150000)

    tell_all(at=AT)
    bill = Invoice.objects.get()
    assert (bill.number, bill.total, bill.reference) == ("2026-000001", Decimal(150000), f"order:{order.pk}")
    assert (bill.net, bill.tax, bill.rounding) == (Decimal(136364), Decimal(13636), Decimal(0))
    assert bill.allocations.get().amount == Decimal(150000)


def test_a_repeated_key_gives_the_same_order_and_another_body_is_refused() -> None:
    shop = make.shop()
    first = make.order(shop.store, {shop.product: 1}, shop.employee, key="k")
    again = make.order(shop.store, {shop.product: 1}, shop.employee, key="k")

    assert (again.order.pk, again.replayed, first.replayed) == (first.order.pk, True, False)
    with pytest.raises(Refusal) as caught:
        make.order(shop.store, {shop.product: 2}, shop.employee, key="k")
    assert caught.value.status == 422
    other = make.order(shop.store, {shop.product: 1}, make.people.person(), key="k")
    assert other.order.pk != first.order.pk
    assert Order.objects.count() == 2


def test_the_limit_of_the_month_holds_and_says_the_way_out() -> None:
    shop = make.shop(limit="200000", quota=10)
    make.order(shop.store, {shop.product: 2}, shop.employee, method="payroll")

    with pytest.raises(Refusal, match="Of ₫200,000 a month you have ₫50,000 left"):
        make.order(shop.store, {shop.product: 1}, shop.employee, method="payroll")
    assert (Order.objects.count(), StockLevel.objects.get().reserved) == (1, 2)


def test_without_consent_nothing_is_taken_from_the_salary() -> None:
    shop = make.shop()
    with pytest.raises(Refusal, match="agree to the deduction"):
        make.order(shop.store, {shop.product: 1}, shop.employee, method="payroll", details={})

    assert (Order.objects.count(), PayrollDeduction.objects.count()) == (0, 0)


def test_a_customer_pays_the_public_price_and_needs_no_quota() -> None:
    shop = make.shop(quota=0)
    order = make.order(shop.store, {shop.product: 3}, make.people.customer()).order

    assert (order.total, order.quota_units, order.status) == (Decimal(300000), 0, OrderStatus.PLACED)
    with pytest.raises(Refusal, match=r"ways of paying|does not offer"):
        make.order(shop.store, {shop.product: 1}, make.people.customer(), method="payroll")


def test_over_the_quota_the_public_price_is_a_way_out() -> None:
    shop = make.shop(quota=1)
    with pytest.raises(Refusal, match="yearly quota"):
        make.order(shop.store, {shop.product: 2}, shop.employee)
    order = make.order(shop.store, {shop.product: 2}, shop.employee, at_public_price=True).order

    assert (order.total, order.quota_units) == (Decimal(200000), 0)
    assert left(store=shop.store, person_id=shop.employee.pk, day=AT.date()) == 1


def test_a_changed_price_is_said_not_charged() -> None:
    shop = make.shop()
    with pytest.raises(Refusal, match="price has changed"):
        make.order(shop.store, {shop.product: 1}, shop.employee, expected_total=Decimal(70000))
    assert Order.objects.count() == 0


@pytest.mark.parametrize(
    "broken",
    [
        "kith.commerce.orders.placing.stock.reserve",
        "kith.commerce.orders.placing.payments.start",
        "kith.commerce.orders.confirming.publish",
        "kith.commerce.orders.confirming.lots.consume",
    ],
)
def test_a_fault_between_any_two_steps_leaves_nothing_half_done(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = make.shop()

    def fail(*_args: object, **_given: object) -> None:
        raise RuntimeError(broken)

    with monkeypatch.context() as patch:
        patch.setattr(broken, fail)
        with pytest.raises(RuntimeError):
            make.order(shop.store, {shop.product: 2}, shop.employee, method="payroll", key="k")

    assert (Order.objects.count(), Payment.objects.count(), PayrollDeduction.objects.count()) == (0, 0, 0)
    assert StockLevel.objects.get().reserved == 0
    assert left(store=shop.store, person_id=shop.employee.pk, day=AT.date()) == 5
    placed = make.order(shop.store, {shop.product: 2}, shop.employee, method="payroll", key="k")
    assert (placed.replayed, Order.objects.count()) == (False, 1)
