"""The tables of stock."""

from django.db import models
from django.db.models import F, Q

from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField
from kith.people.organizations.models import Organization, Site
from kith.supply.items.models import Item


class Warehouse(models.Model):
    """A place that holds stock for one of our companies."""

    public_id = PublicIdField()
    code = models.CharField(max_length=40, unique=True)
    name = TextField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="warehouses")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="warehouses")


class StockLevel(models.Model):
    """How many of an item a warehouse has and how many of those are promised to orders.

    Changed only by conditional UPDATEs in `stock.actions`; `on_hand - reserved` may be sold.
    """

    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="levels")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="levels")
    on_hand = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["warehouse", "item"], name="stock_level_once"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(on_hand__gte=F("reserved")), name="stock_never_oversold"
            ),
        ]

    @property
    def available(self) -> int:
        """How many may still be sold."""
        return self.on_hand - self.reserved


class MovementKind(models.TextChoices):
    """Why stock changed."""

    RECEIVE = "receive"
    RESERVE = "reserve"
    RELEASE = "release"
    SHIP = "ship"
    GIVE_BACK = "give-back"
    COUNT = "count"


class Movement(models.Model):
    """One change of a stock level, never changed afterwards; the sums of its changes are the level.

    `reference` is the subject it happened for (`order:9`), "" for none.
    """

    level = models.ForeignKey(StockLevel, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10, choices=MovementKind.choices)
    on_hand_change = models.BigIntegerField(default=0)
    reserved_change = models.BigIntegerField(default=0)
    reference = models.CharField(max_length=80, blank=True, default="")
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["level", "id"]), models.Index(fields=["reference"])]
