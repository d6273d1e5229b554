"""When each tick ran last."""

from django.db import models


class TickState(models.Model):
    """The instant at which a tick last looked at the clock."""

    name = models.CharField(max_length=100, primary_key=True)
    last_at = models.DateTimeField()
