"""The table of errands."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField
from kith.people.persons.models import Person


class Errand(models.Model):
    """What somebody is asked to do for `person` by step `position` of a run; the promise says who, and until when."""

    public_id = PublicIdField()
    run_id = models.BigIntegerField()
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words = TextField()
    promise_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run_id", "position"], name="care_errand_once")]
