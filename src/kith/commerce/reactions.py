"""What commerce does when something has happened: bills are issued and credited, buyers are told."""

from collections.abc import Sequence

from kith.commerce.gifts.actions import take_back
from kith.commerce.gifts.models import Given
from kith.commerce.orders import letters
from kith.commerce.orders.billing import settle_bills
from kith.commerce.orders.facts import OrderExpired, OrderPlaced, OrderShipped, OrderUnitsCancelled
from kith.commerce.orders.models import Cancellation, Order
from kith.kernel.facts import Told, listens


@listens(OrderPlaced, name="commerce.issue-bills")
def issue_bills(told: Sequence[Told[OrderPlaced]]) -> None:
    """Issue the bills of orders that became binding."""
    settle_bills(order_ids={each.fact.order_id for each in told}, at=max(each.at for each in told))


@listens(OrderUnitsCancelled, name="commerce.credit-cancelled")
def credit_cancelled(told: Sequence[Told[OrderUnitsCancelled]]) -> None:
    """Issue credit notes for what was taken back."""
    settle_bills(order_ids={each.fact.order_id for each in told}, at=max(each.at for each in told))


@listens(OrderUnitsCancelled, name="commerce.return-gift-budgets")
def return_gift_budgets(told: Sequence[Told[OrderUnitsCancelled]]) -> None:
    """Return the money of cancelled gifts to the budgets they came from."""
    for given in Given.objects.filter(order__in={each.fact.order_id for each in told}).order_by("id"):
        take_back(given=given, at=max(each.at for each in told), by_id=None)


def _orders(ids: set[int]) -> dict[int, Order]:
    return Order.objects.select_related("buyer").in_bulk(list(ids))


@listens(OrderPlaced, name="commerce.confirm-orders")
def confirm_orders(told: Sequence[Told[OrderPlaced]]) -> None:
    """Confirm orders to their buyers."""
    orders = _orders({each.fact.order_id for each in told})
    for each in told:
        letters.tell_placed(orders[each.fact.order_id], at=each.at)


@listens(OrderUnitsCancelled, name="commerce.tell-cancelled")
def tell_cancelled(told: Sequence[Told[OrderUnitsCancelled]]) -> None:
    """Tell buyers what was taken back."""
    ids = [each.fact.cancellation_id for each in told]
    found = Cancellation.objects.select_related("line", "line__order").in_bulk(ids)
    for each in told:
        letters.tell_cancelled(found[each.fact.cancellation_id], at=each.at)


@listens(OrderShipped, name="commerce.tell-shipped")
def tell_shipped(told: Sequence[Told[OrderShipped]]) -> None:
    """Tell buyers that their orders are on the way."""
    orders = _orders({each.fact.order_id for each in told})
    for each in told:
        letters.tell_shipped(orders[each.fact.order_id], at=each.at)


@listens(OrderExpired, name="commerce.tell-expired")
def tell_expired(told: Sequence[Told[OrderExpired]]) -> None:
    """Tell buyers that an order was given up."""
    orders = _orders({each.fact.order_id for each in told})
    for each in told:
        letters.tell_expired(orders[each.fact.order_id], at=each.at)
