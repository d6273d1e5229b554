"""The table of items: goods have one identity."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField


class Tracking(models.TextChoices):
    """How closely single goods are followed."""

    NONE = "none"
    LOT = "lot"
    SERIAL = "serial"


class Item(models.Model):
    """A kind of goods or service. `gtin` is a GS1 number ("" where there is none).

    `measure` is a UN/ECE Recommendation 20 code (C62 piece, KGM kilogram); quantities are whole numbers of it.
    A service (`is_stocked` false) has no stock.
    """

    public_id = PublicIdField()
    sku = models.CharField(max_length=64, unique=True)
    gtin = models.CharField(max_length=14, blank=True, default="")
    name = TextField()
    description = TextField()
    measure = models.CharField(max_length=3, default="C62")
    tracking = models.CharField(max_length=6, choices=Tracking.choices, default=Tracking.NONE)
    is_stocked = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gtin"], condition=~models.Q(gtin=""), name="item_gtin_once"),
            models.CheckConstraint(condition=~models.Q(sku=""), name="item_has_a_sku"),
        ]
