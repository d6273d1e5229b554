"""Orders for programs: looking at them, placing, cancelling, and the shop's steps."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from kith.access.apitokens.auth import WRITES
from kith.access.endpoints.bodies import Body
from kith.access.endpoints.commands import Key, answer_once
from kith.access.endpoints.paging import Paging, newest
from kith.access.policies import allow, has_role, signed_in
from kith.access.requests import PersonRequest
from kith.billing.payers.actions import payer_of
from kith.commerce.baskets.queries import of_person_at
from kith.commerce.orders import actions
from kith.commerce.orders.asking import LONGEST_ADDRESS, CheckOut
from kith.commerce.orders.models import Order, OrderStatus
from kith.commerce.orders.queries import all_of_them, visible_to
from kith.commerce.products.models import Product
from kith.kernel import clock
from kith.kernel.languages import tag
from kith.kernel.money import minor_unit
from kith.kernel.refusals import BadInput, NotAllowed, NotFound, Refusal
from kith.people.ties.queries import ties_of

router = Router(tags=["orders"])
ALL = frozenset({"shop", "finance", "administrator"})
KEEPERS = frozenset({"shop", "administrator"})


class LineOut(Schema):
    """A line; amounts are decimals as text, tax included."""

    sku: str
    name: str
    quantity: int
    cancelled: int
    unit_price: str
    total: str


class OrderOut(Schema):
    """An order."""

    id: str
    number: str
    kind: str
    store: str
    status: str
    currency: str
    total: str
    placed_at: datetime
    lines: list[LineOut]


class OrderPage(Schema):
    """A page of orders; `next` is the cursor of the following one, null on the last."""

    items: list[OrderOut]
    next: str | None


class PlacedOut(OrderOut):
    """An order just placed; `pay_at` is the page on which its payer goes on, "" where nothing is left to do."""

    pay_at: str


class WhichOrders(Paging):
    """Which orders."""

    status: OrderStatus | None = None


class LineIn(Body):
    """So many of a product."""

    product: UUID
    quantity: Annotated[int, Field(ge=1, le=999)]


class OrderIn(Body):
    """What is ordered: `lines`, or what is in the person's basket. `method`: a way of paying the store offers.

    `payer`: an outside firm the person stands for. `consent`: to the deduction from the salary, where paid so.
    """

    store: Annotated[str, Field(min_length=1, max_length=40)]
    ship_to: Annotated[str, Field(min_length=1, max_length=LONGEST_ADDRESS)]
    method: Annotated[str, Field(max_length=40)] = ""
    lines: Annotated[list[LineIn], Field(max_length=100)] = []
    from_basket: bool = False
    payer: UUID | None = None
    expected_total: Annotated[Decimal, Field(max_digits=20, decimal_places=4)] | None = None
    at_public_price: bool = False
    consent: bool = False


class UnitsIn(Body):
    """How many units."""

    quantity: Annotated[int, Field(ge=1, le=999)]


class StepIn(Body):
    """The next step."""

    to: Literal["picking", "packed", "shipped", "delivered"]


def _plain(amount: Decimal, currency: str) -> str:
    """Return an amount in plain digits, as exact as the currency is."""
    return f"{amount.quantize(minor_unit(currency)):f}"


def _out(order: Order) -> OrderOut:
    return OrderOut(
        id=str(order.public_id),
        number=order.number,
        kind=order.kind,
        store=order.store.code,
        status=order.status,
        currency=order.currency,
        total=_plain(order.total, order.currency),
        placed_at=order.placed_at,
        lines=[
            LineOut(
                sku=line.sku,
                name=line.name,
                quantity=line.quantity,
                cancelled=line.cancelled,
                unit_price=_plain(line.unit_price, order.currency),
                total=_plain(line.total, order.currency),
            )
            for line in order.lines.all()
        ],
    )


def _seen_by(request: PersonRequest) -> QuerySet[Order]:
    if not request.roles.isdisjoint(ALL):
        return all_of_them()
    return visible_to(person_id=request.person.pk, day=clock.now().date())


def _order(request: PersonRequest, order_id: UUID) -> Order:
    found = _seen_by(request).prefetch_related("lines").filter(public_id=order_id).first()
    if found is None:
        raise NotFound(_("There is no such order."))
    return found


@router.get("/orders", response=OrderPage, summary="Orders")
@allow(signed_in)
def orders(request: PersonRequest, asked: Query[WhichOrders]) -> OrderPage:
    """List the caller's orders; of the shop's and finance's people, all orders."""
    found = _seen_by(request).prefetch_related("lines")
    if asked.status is not None:
        found = found.filter(status=asked.status)
    rows, following = newest(found, asked)
    return OrderPage(items=[_out(row) for row in rows], next=following)


@router.get("/orders/{uuid:order_id}", response=OrderOut, summary="One order")
@allow(signed_in, guards="order")
def order(request: PersonRequest, order_id: UUID) -> OrderOut:
    """Show one order."""
    return _out(_order(request, order_id))


def _lines(request: PersonRequest, body: OrderIn) -> tuple[int | None, dict[int, int]]:
    """Return what is ordered: the id of the person's basket, or quantities by product id."""
    if bool(body.lines) == body.from_basket:
        raise BadInput(_("Give lines, or take them from the basket."), field="lines")
    if body.from_basket:
        basket = of_person_at(store=body.store, person_id=request.person.pk)
        if basket is None:
            raise Refusal(_("Your basket is empty; the order may have been placed already."), field="from_basket")
        return basket.pk, {}
    known = {row.public_id: row.pk for row in Product.objects.filter(public_id__in=[li.product for li in body.lines])}
    wanted: dict[int, int] = {}
    for line in body.lines:
        if line.product not in known or known[line.product] in wanted:
            raise BadInput(_("Each line names one of our products, once."), field="lines")
        wanted[known[line.product]] = line.quantity
    return None, wanted


def _payer_id(request: PersonRequest, firm_id: UUID | None) -> int | None:
    """Return the payer of a firm the person orders for, None where the person pays."""
    if firm_id is None:
        return None
    ties = ties_of(person_id=request.person.pk, day=clock.now().date())
    tie = ties.filter(for_organization__public_id=firm_id).first()
    if tie is None or tie.for_organization is None:
        raise BadInput(_("You do not order for this organization."), field="payer")
    return payer_of(organization=tie.for_organization).pk


def _place(request: PersonRequest, body: OrderIn, key: str) -> PlacedOut:
    basket_id, lines = _lines(request, body)
    asked = CheckOut(
        store=body.store,
        method=body.method,
        ship_to=body.ship_to,
        language=tag(get_language() or "en"),
        basket_id=basket_id,
        lines=lines,
        payer_id=_payer_id(request, body.payer),
        expected_total=body.expected_total,
        at_public_price=body.at_public_price,
        details={"consent": "yes"} if body.consent else {},
    )
    caller = f"person:{request.person.pk}"
    placed = actions.place_order(asked=asked, by=request.person, caller=caller, idempotency_key=key, at=clock.now())
    return PlacedOut(**_out(placed.order).model_dump(), pay_at=placed.page)


@router.post("/orders", auth=WRITES, response={201: PlacedOut}, summary="Place an order")
@allow(signed_in)
def place(request: PersonRequest, body: OrderIn, key: Key) -> HttpResponse:
    """Place an order for the token's person, all of it or nothing; the price is ours to say.

    `expected_total` refuses the order (409) when a price has changed since it was looked at.
    """
    return answer_once(request, key=key, body=body, act=lambda: (201, _place(request, body, key)))


def _may_cancel(request: PersonRequest, order_id: UUID) -> tuple[Order, bool]:
    """Return an order and whether it is cancelled at the desk, for its buyer."""
    mine = visible_to(person_id=request.person.pk, day=clock.now().date()).filter(public_id=order_id).first()
    if mine is not None:
        return mine, False
    found = _order(request, order_id)
    if request.roles.isdisjoint(KEEPERS):
        raise NotAllowed(_("The buyer cancels an order, or the shop."))
    return found, True


@router.post("/orders/{uuid:order_id}/cancel", auth=WRITES, response=OrderOut, summary="Cancel an order")
@allow(signed_in, guards="order")
def cancel(request: PersonRequest, order_id: UUID, key: Key) -> HttpResponse:
    """Take back what is left of an order; quota, stock and money return to where they came from."""
    found, at_desk = _may_cancel(request, order_id)

    def act() -> tuple[int, OrderOut]:
        actions.cancel_order(order=found, by_id=request.person.pk, at=clock.now(), at_desk=at_desk)
        return 200, _out(_order(request, order_id))

    return answer_once(request, key=key, body=None, act=act)


@router.post(
    "/orders/{uuid:order_id}/lines/{int:position}/cancel", auth=WRITES, response=OrderOut, summary="Cancel units"
)
@allow(signed_in, guards="order")
def cancel_units(request: PersonRequest, order_id: UUID, position: int, body: UnitsIn, key: Key) -> HttpResponse:
    """Take back so many units of a line (the first line is 1); what was paid for them goes back."""
    found, at_desk = _may_cancel(request, order_id)
    line = found.lines.filter(position=position).first()
    if line is None:
        raise NotFound(_("There is no such line."))

    def act() -> tuple[int, OrderOut]:
        actions.cancel_units(
            line=line, quantity=body.quantity, by_id=request.person.pk, caller=f"api:person:{request.person.pk}",
            idempotency_key=key, at=clock.now(), at_desk=at_desk,
        )  # fmt: skip
        return 200, _out(_order(request, order_id))

    return answer_once(request, key=key, body=body, act=act)


@router.post("/orders/{uuid:order_id}/advance", auth=WRITES, response=OrderOut, summary="Take an order a step on")
@allow(has_role("shop", "administrator"), guards="order")
def advance(request: PersonRequest, order_id: UUID, body: StepIn, key: Key) -> HttpResponse:
    """Take an order one step on its way: picking, packed, shipped, delivered."""
    found = _order(request, order_id)

    def act() -> tuple[int, OrderOut]:
        actions.advance(order=found, to=body.to, by_id=request.person.pk, at=clock.now())
        return 200, _out(_order(request, order_id))

    return answer_once(request, key=key, body=body, act=act)
