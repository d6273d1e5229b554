"""Due work of orders: what was not paid in time ends."""

from datetime import datetime, timedelta

from kith.commerce.orders.cancelling import expire
from kith.commerce.orders.models import Order, OrderStatus
from kith.kernel.tasks import tick

BATCH = 200


def expire_due(*, at: datetime) -> int:
    """End the orders whose time to pay is over, each in a transaction of its own; return how many."""
    due = Order.objects.filter(status=OrderStatus.AWAITING_PAYMENT, expires_at__lte=at).order_by("expires_at")
    return sum(expire(order_id=key, at=at) for key in due.values_list("id", flat=True)[:BATCH])


@tick("commerce.expire-orders", every=timedelta(minutes=1))
def expire_orders(at: datetime) -> None:
    """End the orders whose time to pay is over."""
    expire_due(at=at)
