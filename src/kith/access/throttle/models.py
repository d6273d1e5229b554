"""The table of tallies."""

from django.db import models


class Tally(models.Model):
    """How often something was tried since `since`. The key is a SHA-256 of what is counted and for whom."""

    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["since"])]
