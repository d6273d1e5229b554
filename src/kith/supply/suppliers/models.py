"""The tables of suppliers."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.people.organizations.models import Organization
from kith.people.persons.models import Person
from kith.supply.items.models import Item


class Supplier(models.Model):
    """An outside firm that sells to us. `number` is our number for it; `lead_days` how long it takes as a rule."""

    public_id = PublicIdField()
    organization = models.OneToOneField(Organization, on_delete=models.PROTECT, related_name="supplier")
    number = models.CharField(max_length=40, unique=True)
    contact = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    currency = models.CharField(max_length=3)
    lead_days = models.PositiveSmallIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)


class SuppliedItem(models.Model):
    """An item a supplier offers, under the supplier's own number, from a quantity at a price."""

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="offers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="offers")
    supplier_sku = models.CharField(max_length=64, blank=True, default="")
    min_quantity = models.PositiveIntegerField(default=1)
    amount = models.DecimalField(max_digits=20, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "item", "min_quantity"], name="supplied_item_once"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="supplied_item_price"),
        ]
