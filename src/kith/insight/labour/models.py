"""The table of minute values."""

from django.db import models


class MinuteValue(models.Model):
    """How many minutes of a person one act of a kind saves, as somebody decided; without a row the act's own value."""

    code = models.CharField(max_length=80, unique=True)
    minutes = models.DecimalField(max_digits=7, decimal_places=2)
    set_by_id = models.BigIntegerField(null=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="minute_value_of_a_day", condition=models.Q(minutes__gte=0) & models.Q(minutes__lte=480)
            )
        ]
