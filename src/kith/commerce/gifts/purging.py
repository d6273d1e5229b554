"""Forgetting where gifts went: the address was given for one parcel, and goes when that has arrived."""

from datetime import datetime, timedelta

from django.db.models import Q

from kith.commerce.gifts.models import GiftPolicy
from kith.commerce.orders.models import Order, OrderKind, OrderStatus

LOST = timedelta(days=180)
"""A parcel that nobody marked as delivered is over after so long."""
STANDARD_DAYS = 30


def forget_addresses(*, at: datetime) -> int:
    """Empty the addresses of gifts that arrived long enough ago, were cancelled, or are lost; return how many."""
    gifts = Order.objects.filter(kind=OrderKind.GIFT).exclude(ship_to="")
    days = dict(GiftPolicy.objects.values_list("organization_id", "address_days"))
    over = Q(status=OrderStatus.CANCELLED) | Q(placed_at__lt=at - LOST)
    over |= ~Q(organization_id__in=days) & Q(delivered_at__lt=at - timedelta(days=STANDARD_DAYS))
    for organization_id, kept in days.items():
        over |= Q(organization_id=organization_id, delivered_at__lt=at - timedelta(days=kept))
    return gifts.filter(over).update(ship_to="")
