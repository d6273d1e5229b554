"""Switches."""

from django.db import models


class Switch(models.Model):
    """A named switch that is on."""

    name = models.CharField(max_length=50, primary_key=True)
    since = models.DateTimeField()
