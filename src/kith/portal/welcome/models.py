"""The table of the set-up: one row at most."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Setup(models.Model):
    """A new organization is being set up. There is one row, with key 1, and none in a demo.

    `nonce` and the installation's secret make the token of the set-up address, which is kept nowhere. It is
    worth nothing once `finished_at` is set: the first administrator exists. `skipped` names steps done without.
    `put_away_at`: the administrator wants the list on home no longer.
    """

    nonce = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    skipped = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    put_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="setup_is_one", condition=models.Q(pk=1))]
