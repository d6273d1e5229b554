"""Facts and the listeners still to be told."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Fact(models.Model):
    """One thing that happened. `position` is given after commit and orders feeds; `about` holds subjects."""

    kind = models.CharField(max_length=80)
    data = models.JSONField()
    about = ArrayField(models.CharField(max_length=80), default=list)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "at"]),
            GinIndex(fields=["about"], name="fact_about"),
            models.Index(fields=["id"], name="fact_unnumbered", condition=models.Q(position__isnull=True)),
        ]


class Pending(models.Model):
    """A listener that has not yet heard a fact."""

    listener = models.CharField(max_length=100)
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["listener", "id"])]
