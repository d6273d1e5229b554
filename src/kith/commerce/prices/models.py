"""The tables of price lists and prices."""

from django.db import models
from django.db.models import F, Q

from kith.commerce.products.models import Product
from kith.commerce.stores.models import Store
from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField
from kith.people.segments.models import Segment


class PriceList(models.Model):
    """Prices of a store for an audience, from `valid_from` to `valid_until` (both included, None: open).

    The one public list (`segment` None) says what the store sells and what everybody pays; other lists can
    only lower that. `percent_off` takes so many percent off the public price of every product that has no
    price of its own in the list. Of several lists the lowest price wins; at the same price the higher
    `priority`. `needs_quota`: each unit bought at this list's price takes from the store's quota.
    """

    public_id = PublicIdField()
    code = models.CharField(max_length=60, unique=True)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="price_lists")
    name = TextField()
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    percent_off = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    priority = models.SmallIntegerField(default=0)
    needs_quota = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store"], condition=Q(segment__isnull=True), name="price_list_one_public_a_store"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="price_list_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(percent_off__isnull=True) | Q(percent_off__gt=0, percent_off__lte=100),
                name="price_list_percentage",
            ),
        ]


class Price(models.Model):
    """The price of one unit of a product from `min_quantity` units, tax included, in the store's currency."""

    price_list = models.ForeignKey(PriceList, on_delete=models.CASCADE, related_name="prices")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="prices")
    min_quantity = models.PositiveIntegerField(default=1)
    amount = models.DecimalField(max_digits=20, decimal_places=4)

    class Meta:
        indexes = [models.Index(fields=["product", "price_list"])]
        constraints = [
            models.UniqueConstraint(fields=["price_list", "product", "min_quantity"], name="price_once_a_quantity"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_not_negative"),
            models.CheckConstraint(condition=Q(min_quantity__gte=1), name="price_from_one"),
        ]
