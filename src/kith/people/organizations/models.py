"""The tables of organizations, units and sites."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField
from kith.people.calendars.models import Calendar
from kith.people.persons.models import Person


class OrganizationKind(models.TextChoices):
    """Ours: the company and its legal entities. Outside: a customer's firm, a supplier."""

    OURS = "ours"
    OUTSIDE = "outside"


class Organization(models.Model):
    """The company, one of its legal entities (`parent` is the company), or an outside firm."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=10, choices=OrganizationKind.choices)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="entities")
    country = models.CharField(max_length=2, blank=True, default="")
    currency = models.CharField(max_length=3, blank=True, default="")
    tax_id = models.CharField(max_length=40, blank=True, default="")
    address = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["kind", "name"])]


class Unit(models.Model):
    """A department in the tree. `path` lists the ids from the root, `/1/4/9/`, and ends with its own.

    A unit merged into another is closed and points at it.
    """

    public_id = PublicIdField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=400, default="/")
    code = models.CharField(max_length=40, unique=True)
    name = TextField()
    manager = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="managed_units")
    closed_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["path"], name="unit_path", opclasses=["varchar_pattern_ops"])]


class Site(models.Model):
    """A place where people work, with its country, zone and calendar."""

    public_id = PublicIdField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sites")
    code = models.CharField(max_length=40, unique=True)
    name = TextField()
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=100, blank=True, default="")
    zone = models.CharField(max_length=50)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="sites")
