"""The table of children born."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.people.persons.models import Person


class Child(models.Model):
    """A child was born to `person` on `born_on`, as they told themselves and want care to know (`consented_at`)."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100, blank=True, default="")
    born_on = models.DateField()
    consented_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["born_on"], name="care_child_born")]
        constraints = [models.UniqueConstraint(fields=["person", "born_on", "name"], name="care_child_once")]
