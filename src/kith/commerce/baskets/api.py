"""Baskets for programs: what the token's person is about to buy in a store."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from kith.access.apitokens.auth import WRITES
from kith.access.endpoints.bodies import Body
from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.commerce.baskets import actions, queries
from kith.commerce.prices.queries import Counter, counter
from kith.commerce.products.models import Product
from kith.commerce.products.queries import sold
from kith.kernel import clock
from kith.kernel.languages import tag
from kith.kernel.money import Money
from kith.kernel.refusals import NotFound

router = Router(tags=["baskets"])
Store = Annotated[str, Field(max_length=40)]


class BasketRow(Schema):
    """A basket: in which store, how many different products."""

    store: str
    lines: int


class Baskets(Schema):
    """All baskets of the person; there is at most one a store."""

    items: list[BasketRow]


class BasketLineOut(Schema):
    """So many of a product at today's price."""

    product: UUID
    sku: str
    name: str
    quantity: int
    unit_price: str
    total: str


class ProblemOut(Schema):
    """What stands in the way of ordering."""

    code: str
    sentence: str


class BasketOut(Schema):
    """A basket with today's prices; amounts are decimals as text, tax included."""

    store: str
    currency: str
    total: str
    saved: str
    quota_units: int
    lines: list[BasketLineOut]
    problems: list[ProblemOut]


class QuantityIn(Body):
    """How many; 0 takes the product out."""

    quantity: Annotated[int, Field(ge=0, le=actions.MOST)]


def _plain(money: Money) -> str:
    return f"{money.rounded().amount:f}"


def _counter(request: PersonRequest, store: str) -> Counter:
    return counter(store=store, person_id=request.person.pk, at=clock.now())


def _out(here: Counter, request: PersonRequest) -> BasketOut:
    mine = queries.of_person(store_id=here.store.pk, person_id=request.person.pk)
    quote = queries.quoted(counter=here, wanted=queries.wanted_in(mine), language=tag(get_language() or "en"))
    return BasketOut(
        store=here.store.code,
        currency=quote.currency,
        total=_plain(quote.total),
        saved=_plain(quote.saved),
        quota_units=quote.quota_units,
        lines=[
            BasketLineOut(
                product=line.product.public_id,
                sku=line.product.item.sku,
                name=line.product.name.in_language(tag(get_language() or "en")),
                quantity=line.quantity,
                unit_price=_plain(line.price.unit),
                total=_plain(line.total),
            )
            for line in quote.lines
        ],
        problems=[ProblemOut(code=problem.code, sentence=problem.sentence) for problem in quote.problems],
    )


@router.get("/baskets", response=Baskets, summary="My baskets")
@allow(signed_in)
def baskets(request: PersonRequest) -> Baskets:
    """List the person's baskets that hold something."""
    rows = queries.filled_of(person_id=request.person.pk)
    return Baskets(items=[BasketRow(store=code, lines=lines) for code, lines in rows])


@router.get("/baskets/{slug:store}", response=BasketOut, summary="My basket in a store")
@allow(signed_in)
def basket(request: PersonRequest, store: Store) -> BasketOut:
    """Show the basket with today's prices and what stands in the way."""
    return _out(_counter(request, store), request)


@router.put("/baskets/{slug:store}/lines/{uuid:product_id}", auth=WRITES, response=BasketOut, summary="Set a quantity")
@allow(signed_in, guards="product")
def put(request: PersonRequest, store: Store, product_id: UUID, body: QuantityIn) -> BasketOut:
    """Set how many of a product are in the basket; prices are ours to say."""
    at, here = clock.now(), _counter(request, store)
    products = sold(price_list_id=here.public_id, warehouse_id=here.store.warehouse_id)
    found = (products if body.quantity else Product.objects.all()).filter(public_id=product_id).first()
    if found is None:
        raise NotFound(_("There is no such product here."))
    mine = actions.open_basket(store=here.store, person=request.person, at=at)
    actions.put(basket=mine, product=found, quantity=body.quantity, at=at)
    return _out(here, request)
