"""The tables of gifts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kith.commerce.orders.models import Order
from kith.commerce.products.models import Product
from kith.kernel.identifiers import PublicIdField
from kith.people.organizations.models import Organization
from kith.people.persons.models import Person


class Gift(models.Model):
    """A thing on the gift catalogue: a product, the tags of what people like that it fits, what it costs us.

    `countries` limits where it may be sent (ISO 3166 alpha-2; empty: everywhere).
    """

    public_id = PublicIdField()
    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="gift")
    fits = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    cost = models.DecimalField(max_digits=20, decimal_places=4)
    currency = models.CharField(max_length=3)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(cost__gt=0), name="gift_costs_something")]


class GiftPolicy(models.Model):
    """What a company gives at most: for one gift, and for one person in a calendar year."""

    organization = models.OneToOneField(Organization, on_delete=models.PROTECT, related_name="gift_policy")
    currency = models.CharField(max_length=3)
    cap_a_gift = models.DecimalField(max_digits=20, decimal_places=4)
    cap_a_year = models.DecimalField(max_digits=20, decimal_places=4)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cap_a_gift__gt=0) & Q(cap_a_year__gt=0), name="gift_caps_are_amounts")
        ]


class Given(models.Model):
    """A gift that was ordered for a person, and from which budget (`unit:5`) it was paid."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="given")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="gifts")
    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="given")
    budget = models.CharField(max_length=80)
    cost = models.DecimalField(max_digits=20, decimal_places=4)
    currency = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "year"])]
