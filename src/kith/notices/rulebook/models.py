"""The table of rule books: rows are never changed, the newest counts, a notice pins the one it went out under."""

from django.db import models

from kith.notices.severities import Severity
from kith.people.persons.models import Person


class Rulebook(models.Model):
    """What held for notices from `changed_at` on.

    `urgent_quota`: urgent notices one sender may publish alone within `urgent_days` days. `translated_from`: from
    this severity on a notice needs its text in every language ("": never). `ladder`: the steps after the due time,
    `[{"do": "manager", "wait": 30, "duty": ""}, …]`, each with the minutes to wait after the one before; they stop
    once `enough_percent` of the audience have answered.
    """

    version = models.PositiveIntegerField(unique=True)
    urgent_quota = models.PositiveSmallIntegerField()
    urgent_days = models.PositiveSmallIntegerField(default=30)
    translated_from = models.CharField(max_length=10, choices=Severity.choices, blank=True, default=Severity.URGENT)
    enough_percent = models.PositiveSmallIntegerField(default=100)
    ladder = models.JSONField()
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rulebook_enough_is_a_share", condition=models.Q(enough_percent__gte=1, enough_percent__lte=100)
            )
        ]
