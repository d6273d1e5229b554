"""The table of grants."""

from django.db import models

from kith.people.organizations.models import Unit
from kith.people.persons.models import Person


class Grant(models.Model):
    """A person holds a role from `since` until `until` (not included; None: open), everywhere or in one unit."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="grants")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["role", "until"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "unit"],
                condition=models.Q(until__isnull=True),
                nulls_distinct=False,
                name="grant_open_once",
            ),
            models.CheckConstraint(
                name="grant_ends_after_start",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        ]
