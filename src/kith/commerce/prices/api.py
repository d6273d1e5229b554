"""Prices for programs: what a person pays in a store, and why."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from kith.access.endpoints.paging import Paging, oldest
from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.commerce.prices.queries import counter, prices
from kith.commerce.prices.resolver import Resolved
from kith.commerce.products.models import Product
from kith.commerce.products.queries import sold
from kith.kernel import clock
from kith.kernel.money import Money
from kith.kernel.refusals import NotFound
from kith.people.persons.models import Person

router = Router(tags=["prices"])
SELLERS = frozenset({"shop", "administrator"})


class StepOut(Schema):
    """One step of the explanation; the steps add up to the unit price."""

    label: dict[str, str]
    amount: str


class PriceOut(Schema):
    """The price of one unit when so many are bought; amounts are decimals as text, tax included."""

    product: UUID
    sku: str
    quantity: int
    currency: str
    public_price: str
    unit_price: str
    needs_quota: bool
    steps: list[StepOut]


class PricePage(Schema):
    """A page of prices."""

    items: list[PriceOut]
    next: str | None


class WhichPrices(Paging):
    """In which store, for how many, for whom."""

    store: Annotated[str, Field(min_length=1, max_length=40, description="The code of a store.")]
    product: UUID | None = None
    quantity: Annotated[int, Field(ge=1, le=999)] = 1
    person: Annotated[UUID | None, Field(description="Another buyer: for shop and administrators.")] = None


def plain(money: Money) -> str:
    """Return an amount in plain digits, as exact as its currency is."""
    return f"{money.rounded().amount:f}"


def _buyer(request: PersonRequest, asked: UUID | None) -> Person:
    if asked is None or asked == request.person.public_id:
        return request.person
    found = Person.objects.filter(public_id=asked).first() if SELLERS & request.roles else None
    if found is None:
        raise NotFound(_("There is no such person."))
    return found


def _out(product: Product, price: Resolved, quantity: int) -> PriceOut:
    def money(amount: Decimal) -> str:
        return plain(Money(amount, price.unit.currency))

    return PriceOut(
        product=product.public_id,
        sku=product.item.sku,
        quantity=quantity,
        currency=price.unit.currency,
        public_price=plain(price.public),
        unit_price=plain(price.unit),
        needs_quota=price.needs_quota,
        steps=[StepOut(label=dict(step.label), amount=money(step.amount)) for step in price.steps],
    )


@router.get("/prices", response=PricePage, summary="Prices for a person")
@allow(signed_in)
def for_person(request: PersonRequest, asked: Query[WhichPrices]) -> PricePage:
    """List what a store's products cost the token's person, each with its explanation."""
    buyer = _buyer(request, asked.person)
    here = counter(store=asked.store, person_id=buyer.pk, at=clock.now())
    found = sold(price_list_id=here.public_id, warehouse_id=here.store.warehouse_id)
    if asked.product is not None:
        found = found.filter(public_id=asked.product)
    rows, following = oldest(found, asked)
    resolved = prices(counter=here, quantities={row.pk: asked.quantity for row in rows})
    items = [_out(row, resolved[row.pk], asked.quantity) for row in rows if row.pk in resolved]
    return PricePage(items=items, next=following)
