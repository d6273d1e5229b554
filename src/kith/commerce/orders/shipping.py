"""The desk's way of an order: pick, pack, ship, deliver."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.commerce.orders import rules
from kith.commerce.orders.confirming import remaining, stock_of, subject_of
from kith.commerce.orders.facts import OrderDelivered, OrderShipped
from kith.commerce.orders.models import Order, OrderStatus
from kith.kernel.facts import publish
from kith.kernel.refusals import Refusal
from kith.supply.stock import actions as stock


def advance(*, order: Order, to: str, by_id: int, at: datetime) -> Order:
    """Take an order one step on its way; the same step again changes nothing, another one is refused.

    Shipping lets the goods leave the warehouse.
    """
    with transaction.atomic():
        held = Order.objects.select_related("store").select_for_update(of=("self",)).get(pk=order.pk)
        if held.status == to:
            return held
        following = rules.next_status(held)
        if following is None or following != to:
            raise Refusal(_("That is not the next step of this order; look again."))
        held.status = following
        if following == OrderStatus.SHIPPED:
            _ship(held, by_id=by_id, at=at)
        if following == OrderStatus.DELIVERED:
            held.delivered_at = at
            publish(OrderDelivered(order_id=held.pk, buyer_id=held.buyer_id), at=at, by_id=by_id)
        held.save(update_fields=["status", "shipped_at", "delivered_at"])
    return held


def _ship(order: Order, *, by_id: int, at: datetime) -> None:
    stock.ship(
        warehouse_id=order.store.warehouse_id,
        wanted=stock_of(remaining(order)),
        reference=subject_of(order),
        at=at,
        by_id=by_id,
    )
    order.shipped_at = at
    publish(OrderShipped(order_id=order.pk, buyer_id=order.buyer_id), at=at, by_id=by_id)
