"""The table of sensitive times."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.people.persons.models import Person


class Mute(models.Model):
    """Care is silent for a person from `since` to `until`, both included. There is no column for a reason."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateField()
    until = models.DateField()
    recorded_by_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "until"], name="care_mute_person")]
        constraints = [
            models.CheckConstraint(name="care_mute_ends_after_start", condition=models.Q(until__gte=models.F("since")))
        ]
