"""The table of the chain."""

from django.db import models


class Filing(models.Model):
    """One entry: `digest` is SHA-256 of `prev`, the hash of what was handed in, and the Monday of its week.

    It names no idea and no person. Rows are only added; `number` counts from 1 without a gap.
    """

    number = models.BigIntegerField(unique=True)
    prev = models.CharField(max_length=64, unique=True)
    content = models.CharField(max_length=64, db_index=True)
    week = models.DateField()
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(name="filing_counts_from_one", condition=models.Q(number__gte=1))]
