"""The tables of programmes, their versions and runs."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField
from kith.people.persons.models import Person


class Programme(models.Model):
    """A care rule. What it does stands in its versions; runs pin the one they happened under."""

    public_id = PublicIdField()
    code = models.SlugField(max_length=60, unique=True)
    name = TextField()
    moment = models.CharField(max_length=60)
    is_active = models.BooleanField(default=False)
    current = models.ForeignKey(
        "ProgrammeVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )  # fmt: skip


class ProgrammeVersion(models.Model):
    """One version: for whom (`rule`, a segment's predicate), at which local hour, and the steps.

    A step is `{"kindness": "greet", …}` with the parameters of that kindness.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    rule = models.JSONField()
    hour = models.PositiveSmallIntegerField()
    steps = models.JSONField()
    released_at = models.DateTimeField()
    released_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="programme_version_once"),
            models.CheckConstraint(name="programme_hour_of_a_day", condition=models.Q(hour__lte=23)),
        ]


class RunState(models.TextChoices):
    """A run is due, then done."""

    DUE = "due"
    DONE = "done"


class Run(models.Model):
    """A programme that answers one moment of one person. `occasion` ("2027") makes it happen once."""

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="runs")
    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.DUE)
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="care_run_due", condition=models.Q(state="due"))]
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "occasion"], name="care_run_once"),
        ]
