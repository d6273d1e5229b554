"""Writes of the gift catalogue."""

from decimal import Decimal

from django.utils.translation import gettext as _

from kith.commerce.gifts.kinds import CURRENCIES
from kith.commerce.gifts.models import Gift
from kith.commerce.products.models import Product
from kith.kernel.refusals import BadInput


def put_gift(
    *, product: Product, cost: Decimal, currency: str, fits: list[str], contains: list[str], countries: list[str]
) -> Gift:
    """Put a product on the catalogue, or change what is said of it."""
    if currency not in CURRENCIES:
        raise BadInput(_("“%s” is not a currency for gifts.") % currency[:3], field="currency")
    if cost <= 0:
        raise BadInput(_("A gift costs something."), field="cost")
    said = {
        "cost": cost, "currency": currency, "fits": fits, "contains": contains, "countries": countries,
        "is_active": True,
    }  # fmt: skip
    return Gift.objects.update_or_create(product=product, defaults=said)[0]


def retire(*, gift: Gift, active: bool) -> None:
    """Take a gift off the catalogue (or put it back); what was given stays."""
    Gift.objects.filter(pk=gift.pk).update(is_active=active)
