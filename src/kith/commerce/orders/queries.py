"""Reads of orders: who may see which."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q, QuerySet

from kith.billing.payers.queries import visible_to as payers_visible_to
from kith.commerce.orders.models import OPEN, Order, OrderStatus


def visible_to(*, person_id: int | None, day: date, shown: Collection[int] = ()) -> QuerySet[Order]:
    """Return the orders a person bought or pays for (also for a firm), and those `shown` to a guest's session."""
    mine = Q(pk__in=list(shown))
    if person_id is not None:
        payers = payers_visible_to(person_id=person_id, day=day)
        mine |= Q(buyer_id=person_id) | Q(payer__in=payers, kind="sale")
    return Order.objects.filter(mine).select_related("store").order_by("-placed_at", "-id")


def all_of_them() -> QuerySet[Order]:
    """Return every order, for those whose work it is."""
    return Order.objects.select_related("store").order_by("-placed_at", "-id")


def on_the_way(*, person_id: int) -> QuerySet[Order]:
    """Return a person's orders that have not arrived, the newest first."""
    statuses = [*OPEN, OrderStatus.SHIPPED]
    return Order.objects.filter(buyer_id=person_id, status__in=statuses).select_related("store").order_by("-placed_at")


def queue(*, status: str) -> QuerySet[Order]:
    """Return the orders in a status for the desk, the longest waiting first."""
    return Order.objects.filter(status=status).select_related("store", "buyer").order_by("placed_at", "id")


def by_number(*, number: str) -> Order | None:
    """Return the order with a number as people write it: case, spaces and the dash do not matter."""
    plain = "".join(letter for letter in number.upper() if letter.isalnum())[:8]
    return Order.objects.select_related("store", "buyer").filter(number=f"{plain[:4]}-{plain[4:]}").first()


def counts(*, statuses: Collection[str]) -> dict[str, int]:
    """Return how many orders are in each of `statuses`; one query."""
    rows = Order.objects.filter(status__in=statuses).order_by().values_list("status").annotate(Count("id"))
    return dict(rows)
