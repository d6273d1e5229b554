"""The tables of ties and assignments."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.people.calendars.models import Shift
from kith.people.organizations.models import Organization, Site, Unit
from kith.people.persons.models import Person


class TieKind(models.TextChoices):
    """What a person is to an organization of ours."""

    EMPLOYEE = "employee"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    PARTNER = "partner"
    DEALER = "dealer"
    CANDIDATE = "candidate"


class Tie(models.Model):
    """A person's relation to an organization of ours, from `since` to `until` (both included, None: open).

    `for_organization` is the outside firm the person stands for. `number` is the personnel or customer number.
    """

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ties")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=12, choices=TieKind.choices)
    for_organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="represented_by"
    )
    number = models.CharField(max_length=40, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "kind"]),
            models.Index(fields=["kind", "until"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="tie_ends_after_start",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
            models.UniqueConstraint(
                fields=["organization", "kind", "number"], condition=~models.Q(number=""), name="tie_number_once"
            ),
        ]


class Assignment(models.Model):
    """Where an employee belongs (unit) and works (site, shift), from `since` to `until`; history stays."""

    tie = models.ForeignKey(Tie, on_delete=models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="assignments")
    shift = models.ForeignKey(Shift, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments")
    title = models.CharField(max_length=120, blank=True, default="")
    manager = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="direct_assignments"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["tie", "since"]),
            models.Index(fields=["unit"], name="assignment_open_unit", condition=models.Q(until__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                name="assignment_ends_after_start",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        ]
