"""Writes of prices: every change makes the list's next version, orders keep the one they saw."""

from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kith.commerce.prices.models import Price, PriceList
from kith.commerce.products.models import Product
from kith.kernel.money import Money
from kith.kernel.refusals import BadInput


def set_price(
    *, price_list: PriceList, product: Product, amount: Decimal | None, min_quantity: int = 1
) -> Price | None:
    """Set (None: take away) the price of one piece from a quantity; whole minor units of the store's currency."""
    currency = price_list.store.currency
    if amount is not None and (amount < 0 or Money(amount, currency).rounded().amount != amount):
        raise BadInput(_("A price is a whole number of the currency's smallest unit."), field="amount")
    with transaction.atomic():
        PriceList.objects.select_for_update().filter(pk=price_list.pk).update(version=F("version") + 1)
        same = Price.objects.filter(price_list=price_list, product=product, min_quantity=min_quantity)
        if amount is None:
            same.delete()
            return None
        return Price.objects.update_or_create(
            price_list=price_list, product=product, min_quantity=min_quantity, defaults={"amount": amount}
        )[0]
