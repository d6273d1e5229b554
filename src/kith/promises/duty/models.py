"""The tables of duty roles."""

from django.db import models

from kith.people.persons.models import Person


class DutyRole(models.Model):
    """A duty that always has somebody. Actions see to it that the last holder in service stays."""

    code = models.CharField(max_length=40, unique=True)


class DutyHolder(models.Model):
    """A person who holds a duty, first by `rank`."""

    role = models.ForeignKey(DutyRole, on_delete=models.CASCADE, related_name="holders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    rank = models.PositiveSmallIntegerField(default=1)
    since = models.DateTimeField()

    class Meta:
        ordering = ["rank", "id"]
        constraints = [models.UniqueConstraint(fields=["role", "person"], name="duty_holder_once")]
