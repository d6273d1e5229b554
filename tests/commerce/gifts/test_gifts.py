"""A gift costs its receiver nothing, its budget exactly what it costs, and never more than the policy allows."""

from decimal import Decimal

import pytest

from kith.billing.invoices.models import Invoice
from kith.commerce.gifts.actions import Parcel, order_gift, save_policy
from kith.commerce.gifts.kinds import budget_kind
from kith.commerce.gifts.models import Gift, Given
from kith.commerce.gifts.queries import budget_left, given_in, suggestions
from kith.commerce.gifts.rules import fitting, score
from kith.commerce.orders.actions import cancel_order
from kith.commerce.orders.models import Order
from kith.commerce.stores.models import Store
from kith.kernel.facts.telling import tell_all
from kith.kernel.refusals import Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots import actions as lots
from kith.people.persons.models import Person
from kith.supply.stock.models import StockLevel
from tests.commerce import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
AT = make.AT
UNIT = Subject("unit", 5)


@pytest.fixture
def store() -> Store:
    made = make.store()
    save_policy(organization=made.organization, currency="VND", cap_a_gift=Decimal(300000), cap_a_year=Decimal(500000))
    lots.grant(holder=UNIT, kind=budget_kind("VND"), amount=Decimal(1000000), valid_from=AT.date(), at=AT)
    return made


def gift(store: Store, cost: str = "200000", *, stock: int = 5, **given: object) -> Gift:
    product = make.product(store, stock=stock)
    return Gift.objects.create(product=product, cost=Decimal(cost), currency="VND", **given)


def give(store: Store, thing: Gift, person: Person, key: str = "k") -> Given:
    return order_gift(
        person=person, gift=thing, budget_holder=UNIT, store=store, parcel=Parcel("Desk 12", "Happy birthday!"), at=AT,
        idempotency_key=key,
    )  # fmt: skip


def test_a_gift_takes_from_budget_and_stock_and_makes_no_bill(store: Store) -> None:
    thing, person = gift(store), people.employee()
    given = give(store, thing, person)
    assert give(store, thing, person).pk == given.pk
    tell_all(at=AT)

    assert (given.order.kind, given.order.status, given.order.total) == ("gift", "placed", 0)
    assert given.order.message == "Happy birthday!"
    assert budget_left(holder=UNIT, currency="VND", day=AT.date()).amount == 800000
    assert StockLevel.objects.get(item=thing.product.item).reserved == 1
    assert (Invoice.objects.count(), Order.objects.count()) == (0, 1)


def test_the_caps_of_the_policy_hold(store: Store) -> None:
    person = people.employee()
    with pytest.raises(Refusal, match="at most ₫300,000"):
        give(store, gift(store, "300001"), person)
    give(store, gift(store), person, "a")
    give(store, gift(store), person, "b")
    with pytest.raises(Refusal, match="₫100,000 are left this year"):
        give(store, gift(store), person, "c")

    assert given_in(person_id=person.pk, year=2026, currency="VND").amount == 400000


def test_an_empty_budget_or_shelf_takes_nothing(store: Store) -> None:
    with pytest.raises(Refusal, match="Sold out"):
        give(store, gift(store, stock=0), people.employee())
    with pytest.raises(Refusal):
        order_gift(
            person=people.employee(), gift=gift(store), budget_holder=Subject("unit", 6), store=store,
            parcel=Parcel("x"), at=AT, idempotency_key="k",
        )  # fmt: skip

    assert (Order.objects.count(), Given.objects.count()) == (0, 0)
    assert budget_left(holder=UNIT, currency="VND", day=AT.date()).amount == 1000000
    assert set(StockLevel.objects.values_list("reserved", flat=True)) == {0}


def test_a_cancelled_gift_gives_the_budget_back(store: Store) -> None:
    person = people.employee()
    given = give(store, gift(store), person)
    with pytest.raises(Refusal):
        cancel_order(order=given.order, by_id=person.pk, at=AT)
    cancel_order(order=given.order, by_id=1, at=AT, at_desk=True)
    tell_all(at=AT)

    assert budget_left(holder=UNIT, currency="VND", day=AT.date()).amount == 1000000
    assert given_in(person_id=person.pk, year=2026, currency="VND").amount == 0


def test_the_best_fit_comes_first_and_only_what_may_be_sent(store: Store) -> None:
    tea, book = gift(store, fits=["Tea"]), gift(store, "100000", fits=["reading"])
    plain, abroad = gift(store, "50000"), gift(store, fits=["tea"], countries=["CN"])
    dear, gone = gift(store, "400000", fits=["tea"]), gift(store, fits=["tea"], stock=0)

    found = suggestions(
        warehouse_id=store.warehouse_id, organization_id=store.organization_id, likes=["tea"], country="VN"
    )
    assert found == [tea, plain, book]
    assert not {abroad, dear, gone} & set(found)
    assert score(["Tea", "tea"], ["TEA", "music"]) == 1
    assert fitting([tea], likes=[], country="VN", currency="EUR", at_most=Decimal(10**9)) == []
