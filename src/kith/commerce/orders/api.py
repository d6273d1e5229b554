"""Orders for programs: read only, the newest first, a page at a time."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.commerce.orders.models import Order
from kith.commerce.orders.queries import all_of_them, visible_to
from kith.kernel import clock
from kith.kernel.money import minor_unit
from kith.kernel.refusals import BadInput, NotFound

router = Router(tags=["orders"])
ALL = frozenset({"shop", "finance", "administrator"})


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


class Problem(Schema):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str


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


@router.get("/orders", response={200: OrderPage, 400: Problem, 401: Problem, 403: Problem})
@allow(signed_in)
def orders(
    request: HttpRequest,
    cursor: Annotated[str, Field(max_length=20)] = "",
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
) -> OrderPage:
    """List the caller's orders; of the shop's and finance's people, all orders."""
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):  # noqa: PLR2004  (digits of a bigint)
        raise BadInput(_("The cursor is one that an earlier page gave."), field="cursor")
    found = _seen_by(cast("PersonRequest", request)).prefetch_related("lines").order_by("-id")
    if cursor:
        found = found.filter(pk__lt=int(cursor))
    rows = list(found[: limit + 1])
    more = str(rows[limit - 1].pk) if len(rows) > limit else None
    return OrderPage(items=[_out(row) for row in rows[:limit]], next=more)


@router.get("/orders/{uuid:order_id}", response={200: OrderOut, 401: Problem, 403: Problem, 404: Problem})
@allow(signed_in, guards="order")
def order(request: HttpRequest, order_id: str) -> OrderOut:
    """Show one order."""
    found = _seen_by(cast("PersonRequest", request)).prefetch_related("lines").filter(public_id=order_id).first()
    if found is None:
        raise NotFound(_("There is no such order."))
    return _out(found)
