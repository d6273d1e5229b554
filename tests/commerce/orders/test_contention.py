"""Many buyers at once: exactly as many are sold as there are, of stock and of quota; with a control that fails."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal

import pytest
from django.db import close_old_connections, connection, connections

from kith.billing.invoices.models import Invoice
from kith.billing.payments.models import Payment
from kith.billing.payroll.models import PayrollDeduction
from kith.commerce.gifts.actions import Parcel, order_gift, save_policy
from kith.commerce.gifts.kinds import budget_kind
from kith.commerce.gifts.models import Gift, Given
from kith.commerce.gifts.queries import budget_left
from kith.commerce.orders.actions import cancel_units
from kith.commerce.orders.models import Order
from kith.commerce.quotas.queries import left
from kith.kernel.facts.telling import tell_all
from kith.kernel.refusals import Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots import actions as lots
from kith.ledger.lots.models import Entry
from kith.people.persons.models import Person
from kith.supply.stock import actions as stock
from kith.supply.stock.invariants import drifted
from kith.supply.stock.models import StockLevel
from tests.access import make as access
from tests.commerce import make
from tests.people import make as people

pytestmark = pytest.mark.row(1, 2)

AT: datetime = make.AT


def at_once(jobs: list[Callable[[], object]], *, workers: int = 12) -> list[object]:
    """Run jobs in threads that start together; an answer is a result or the refusal."""
    gate = threading.Barrier(workers)

    def run(number: int) -> object:
        if number < workers:
            gate.wait()
        try:
            return jobs[number]()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(workers) as pool:
        answers = list(pool.map(run, range(len(jobs))))
    close_old_connections()
    return answers


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("buyers", "there"), [(50, 1), (60, 10)])
def test_buyers_for_scarce_goods(buyers: int, there: int) -> None:
    store = make.store()
    product = make.product(store, stock=there)
    persons = [people.person() for _ in range(buyers)]

    answers = at_once([lambda p=p: make.order(store, {product: 1}, p) for p in persons])

    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert len(answers) - len(refused) == there == Order.objects.count()
    assert all("Sold out" in refusal.sentence for refusal in refused)
    level = StockLevel.objects.get(item=product.item)
    assert (level.on_hand, level.reserved) == (there, there)
    assert drifted() == []


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_one_persons_quota_in_parallel_check_outs() -> None:
    shop = make.shop(stock=100, quota=5)

    answers = at_once([lambda: make.order(shop.store, {shop.product: 1}, shop.employee) for _ in range(50)])

    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert len(answers) - len(refused) == 5 == Order.objects.count()
    assert all(refusal.field == "quota" for refusal in refused)
    assert left(store=shop.store, person_id=shop.employee.pk, day=AT.date()) == 0
    assert StockLevel.objects.get(item=shop.product.item).reserved == 5
    assert sum(entry.amount for entry in Entry.objects.filter(step="consume")) == 5


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_several_goods_in_opposite_order_never_lock_each_other_out() -> None:
    store = make.store()
    one, other = make.product(store, stock=30), make.product(store, stock=30)
    persons = [people.person() for _ in range(24)]

    def buy(person: Person, number: int) -> object:
        lines = {one: 1, other: 1} if number % 2 else {other: 1, one: 1}
        return make.order(store, lines, person)

    answers = at_once([lambda p=p, n=n: buy(p, n) for n, p in enumerate(persons)])

    assert [answer for answer in answers if isinstance(answer, Refusal)] == []
    assert set(StockLevel.objects.values_list("reserved", flat=True)) == {24}


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_control_without_the_guard_it_oversells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read, decide, write instead of one conditional statement: the figure above is then missed."""
    store = make.store()
    product = make.product(store, stock=1)
    persons = [people.person() for _ in range(24)]
    looked = threading.Barrier(12)

    def unguarded(*, warehouse_id: int, wanted: list, reference: object, at: object, by_id: object = None) -> None:
        level = StockLevel.objects.get(warehouse_id=warehouse_id, item_id=wanted[0].item_id)
        if level.available < 1:
            raise stock.OutOfStock([stock.Shortage(level.item_id, 1, 0)])
        try:
            looked.wait(timeout=2)
        except threading.BrokenBarrierError:
            return

    monkeypatch.setattr("kith.commerce.orders.placing.stock.reserve", unguarded)
    at_once([lambda p=p: make.order(store, {product: 1}, p) for p in persons])

    assert Order.objects.count() > 1


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_the_same_key_many_times_at_once_makes_one_order() -> None:
    shop = make.shop()

    answers = at_once([lambda: make.order(shop.store, {shop.product: 1}, shop.employee, key="same") for _ in range(30)])

    assert {answer.order.pk for answer in answers} == {Order.objects.get().pk}  # type: ignore[attr-defined]
    assert sum(not answer.replayed for answer in answers) == 1  # type: ignore[attr-defined]


class CrashError(Exception):
    """The process died here."""


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_a_crash_at_any_statement_leaves_all_or_nothing_and_the_key_makes_it_one() -> None:
    shop = make.shop()

    def dies_at(number: int) -> Callable[..., object]:
        counted = iter(range(1, 1000))

        def wrapper(execute: Callable[..., object], *rest: object) -> object:
            if next(counted) == number:
                raise CrashError
            return execute(*rest)

        return wrapper

    for number in range(1, 200):
        try:
            with connection.execute_wrapper(dies_at(number)):
                make.order(shop.store, {shop.product: 2}, shop.employee, method="payroll", key="one")
        except CrashError:
            orders = Order.objects.count()
            taken = StockLevel.objects.get().reserved
            used = 5 - left(store=shop.store, person_id=shop.employee.pk, day=AT.date())
            assert (orders, taken, used, PayrollDeduction.objects.count()) in {(0, 0, 0, 0), (1, 2, 2, 1)}
        else:
            break

    assert number > 20
    assert (Order.objects.count(), StockLevel.objects.get().reserved, PayrollDeduction.objects.count()) == (1, 2, 1)
    assert drifted() == []


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_the_same_form_from_many_clicks_at_once_makes_one_order() -> None:
    shop = make.shop()
    browser = access.client(shop.employee)
    basket = f"/store/{shop.store.code}/basket/"
    browser.post(basket, {"product": shop.product.public_id, "quantity": "2"})
    body = {"key": "clicked", "expected_total": "150000", "ship_to": "Desk 12", "method": "bill"}
    cookies = browser.cookies

    def click() -> str:
        same = access.client()
        same.cookies = cookies
        return str(same.post(f"/store/{shop.store.code}/checkout/", body)["Location"])

    answers = at_once([click for _ in range(24)])

    assert set(answers) == {f"/orders/{Order.objects.get().public_id}/"}
    assert StockLevel.objects.get().reserved == 2


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_the_salarys_limit_in_parallel_check_outs() -> None:
    shop = make.shop(stock=100, quota=100, limit="225000")

    answers = at_once(
        [lambda: make.order(shop.store, {shop.product: 1}, shop.employee, method="payroll") for _ in range(24)]
    )

    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert len(answers) - len(refused) == 3 == Order.objects.count()
    assert all(refusal.field == "method" for refusal in refused)
    assert sum(row.amount for row in PayrollDeduction.objects.all()) == 225000
    assert StockLevel.objects.get().reserved == 3


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_a_gift_budget_in_parallel_orders() -> None:
    store = make.store()
    save_policy(organization=store.organization, currency="VND", cap_a_gift=Decimal(100000), cap_a_year=Decimal(100000))
    holder, kind = Subject("unit", 5), budget_kind("VND")
    lots.grant(holder=holder, kind=kind, amount=Decimal(500000), valid_from=AT.date(), at=AT)
    gift = Gift.objects.create(product=make.product(store, stock=100), cost=Decimal(100000), currency="VND")
    persons = [people.employee() for _ in range(24)]

    def give(person: Person) -> object:
        return order_gift(
            person=person, gift=gift, budget_holder=holder, store=store, parcel=Parcel("Desk"), at=AT,
            idempotency_key=f"gift-{person.pk}",
        )  # fmt: skip

    answers = at_once([lambda p=p: give(p) for p in persons])

    assert sum(not isinstance(answer, Refusal) for answer in answers) == 5 == Given.objects.count()
    assert budget_left(holder=holder, currency="VND", day=AT.date()).amount == 0
    assert StockLevel.objects.get().reserved == 5


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_cancelling_from_many_devices_gives_back_what_was_bought_and_no_more() -> None:
    shop = make.shop()
    order = make.order(shop.store, {shop.product: 2}, shop.employee, method="payroll").order
    line = order.lines.get()

    def cancel(number: int) -> object:
        return cancel_units(line=line, quantity=1, by_id=None, caller="x", idempotency_key=f"device-{number}", at=AT)

    answers = at_once([lambda n=n: cancel(n) for n in range(16)])

    assert sum(not isinstance(answer, Refusal) for answer in answers) == 2
    payment = Payment.objects.get()
    assert payment.refunded == payment.captured == 150000
    assert StockLevel.objects.get().reserved == 0
    assert left(store=shop.store, person_id=shop.employee.pk, day=AT.date()) == 5
    tell_all(at=AT)
    assert sum(bill.total for bill in Invoice.objects.all()) == 0
