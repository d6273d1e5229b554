"""The tables of baskets."""

from django.db import models
from django.db.models import Q

from kith.commerce.products.models import Product
from kith.commerce.stores.models import Store
from kith.kernel.identifiers import PublicIdField
from kith.people.persons.models import Person


class Basket(models.Model):
    """What someone is about to buy in a store: a person's, or (person None) a visitor's, known by its session."""

    public_id = PublicIdField()
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store", "person"], condition=Q(person__isnull=False), name="basket_one_a_person"
            ),
        ]


class BasketLine(models.Model):
    """So many of a product; prices are found when they are shown and when the order is placed, never kept here."""

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["basket", "product"], name="basket_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1, quantity__lte=999), name="basket_line_quantity"),
        ]
