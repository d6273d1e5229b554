"""Making an order binding, and what is left of it after cancellations."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Sum

from kith.commerce.orders.facts import OrderPlaced
from kith.commerce.orders.models import Order, OrderLine, OrderStatus
from kith.kernel.facts import publish
from kith.kernel.money import Money
from kith.kernel.subjects import Subject
from kith.ledger.lots import actions as lots
from kith.supply.stock import actions as stock

ORDER = "order"


def subject_of(order: Order) -> Subject:
    """Return the order as a subject, the reference of everything taken for it."""
    return Subject(ORDER, order.pk)


def confirm(*, order: Order, at: datetime) -> None:
    """Make an order binding: what was reserved of the quota is used, and the fact is published."""
    with transaction.atomic(savepoint=False):
        order.status, order.confirmed_at, order.expires_at = OrderStatus.PLACED, at, None
        order.save(update_fields=["status", "confirmed_at", "expires_at"])
        announce(order=order, at=at)


def announce(*, order: Order, at: datetime) -> None:
    """Use what a binding order reserved of the quota, and publish the fact; inside its transaction."""
    if order.quota_units:
        lots.consume(reference=subject_of(order), at=at, by_id=order.buyer_id)
    publish(OrderPlaced(order_id=order.pk, buyer_id=order.buyer_id), at=at, by_id=order.buyer_id)


def remaining(order: Order) -> list[OrderLine]:
    """Return the lines of which something is not cancelled, in order."""
    return list(order.lines.filter(quantity__gt=F("cancelled")).select_related("item").order_by("position"))


def stock_of(lines: list[OrderLine]) -> list[stock.Wanted]:
    """Return what is held in stock for lines, one entry an item, by item id."""
    sums: dict[int, int] = {}
    for line in lines:
        if line.item.is_stocked:
            sums[line.item_id] = sums.get(line.item_id, 0) + line.quantity - line.cancelled
    return [stock.Wanted(item, quantity) for item, quantity in sorted(sums.items())]


def total_left(order: Order) -> Money:
    """Return what an order comes to after its cancellations."""
    taken = order.lines.aggregate(sum=Sum("cancellations__amount"))["sum"] or Decimal(0)
    return Money(order.total - taken, order.currency)
