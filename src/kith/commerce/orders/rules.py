"""What may be done with an order in which status."""

from kith.commerce.orders.models import Order, OrderKind, OrderStatus

BY_BUYER = frozenset({OrderStatus.AWAITING_PAYMENT, OrderStatus.PLACED})
BY_DESK = BY_BUYER | {OrderStatus.PICKING, OrderStatus.PACKED}
NEXT = {
    OrderStatus.PLACED: OrderStatus.PICKING,
    OrderStatus.PICKING: OrderStatus.PACKED,
    OrderStatus.PACKED: OrderStatus.SHIPPED,
    OrderStatus.SHIPPED: OrderStatus.DELIVERED,
}
"""The desk's way of an order, one step after the other."""


def may_cancel_units(order: Order, *, at_desk: bool = False) -> bool:
    """Say whether single units may be taken back: paid for or billed, and not yet being packed."""
    allowed = (BY_DESK if at_desk else BY_BUYER) - {OrderStatus.AWAITING_PAYMENT}
    return order.status in allowed and (at_desk or order.kind == OrderKind.SALE)


def may_cancel(order: Order, *, at_desk: bool = False) -> bool:
    """Say whether the whole order may be taken back."""
    return order.status in (BY_DESK if at_desk else BY_BUYER) and (at_desk or order.kind == OrderKind.SALE)


def next_status(order: Order) -> OrderStatus | None:
    """Return what the desk does with an order next, None when nothing is left."""
    return NEXT.get(OrderStatus(order.status))
