"""The table of measures."""

from django.db import models


class Snapshot(models.Model):
    """What a measure was on a day (UTC), as looked at last on that day. `value` null: there was nothing to measure."""

    code = models.CharField(max_length=80)
    day = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    base = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "day"], name="snapshot_once_a_day")]
