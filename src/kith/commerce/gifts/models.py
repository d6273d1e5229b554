"""The tables of gifts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.commerce.orders.models import Order
from kith.commerce.products.models import Product
from kith.kernel.identifiers import PublicIdField
from kith.people.organizations.models import Organization
from kith.people.persons.models import Person


class Gift(models.Model):
    """A thing on the gift catalogue: a product, the tags of what people like that it fits, what it costs us.

    `countries` limits where it may be sent (ISO 3166 alpha-2; empty: everywhere). `contains` are words for what
    somebody may not bear, such as nuts: who said so is not offered it.
    """

    public_id = PublicIdField()
    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="gift")
    fits = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    contains = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    cost = models.DecimalField(max_digits=20, decimal_places=4)
    currency = models.CharField(max_length=3)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(cost__gt=0), name="gift_costs_something")]


class GiftPolicy(models.Model):
    """What a company gives at most: for one gift, and for one person in a calendar year; with the `reason` people read.

    Where a gift went is forgotten `address_days` after it arrived.
    """

    organization = models.OneToOneField(Organization, on_delete=models.PROTECT, related_name="gift_policy")
    currency = models.CharField(max_length=3)
    cap_a_gift = models.DecimalField(max_digits=20, decimal_places=4)
    cap_a_year = models.DecimalField(max_digits=20, decimal_places=4)
    reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    address_days = models.PositiveSmallIntegerField(default=30, db_default=30)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cap_a_gift__gt=0) & Q(cap_a_year__gt=0), name="gift_caps_are_amounts")
        ]


class Level(models.TextChoices):
    """What somebody is to us, as far as gifts go."""

    STAFF = "staff", _("Employees")
    LEADER = "leader", _("Who leads people")
    OUTSIDE = "outside", _("Customers, suppliers, partners")


class GiftPot(models.Model):
    """A budget of its own, with its own caps, for a country and level ("" for any); the nearest one counts.

    Its money stands in the ledger, held by `gift-pot:<key>`.
    """

    public_id = PublicIdField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="gift_pots")
    country = models.CharField(max_length=2, blank=True, default="")
    level = models.CharField(max_length=8, choices=Level.choices, blank=True, default="")
    currency = models.CharField(max_length=3)
    cap_a_gift = models.DecimalField(max_digits=20, decimal_places=4)
    cap_a_year = models.DecimalField(max_digits=20, decimal_places=4)
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "country", "level", "currency"], name="gift_pot_once"
            ),
            models.CheckConstraint(condition=Q(cap_a_gift__gt=0) & Q(cap_a_year__gt=0), name="gift_pot_caps"),
        ]  # fmt: skip


class Charity(models.Model):
    """Somebody to whom the worth of a gift may go instead; `countries` limits for whom (empty: everybody)."""

    public_id = PublicIdField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=200, blank=True, default="")
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="charity_once")]


class Donation(models.Model):
    """The worth of a gift that somebody gave to a charity instead; once an offer (`key`)."""

    public_id = PublicIdField()
    charity = models.ForeignKey(Charity, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80, unique=True)
    budget = models.CharField(max_length=80)
    amount = models.DecimalField(max_digits=20, decimal_places=4)
    currency = models.CharField(max_length=3)
    country = models.CharField(max_length=2, blank=True, default="")
    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "year"], name="donation_of_a_year")]


class Given(models.Model):
    """A gift that was ordered for a person in a `country`, and from which budget (`unit:5`) it was paid."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="given")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="gifts")
    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="given")
    budget = models.CharField(max_length=80)
    cost = models.DecimalField(max_digits=20, decimal_places=4)
    currency = models.CharField(max_length=3)
    country = models.CharField(max_length=2, blank=True, default="", db_default="")
    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "year"])]
