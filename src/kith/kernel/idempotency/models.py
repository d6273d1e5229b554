"""Keys of commands from outside."""

from django.db import models


class IdempotencyKey(models.Model):
    """A key that a caller sent, the fingerprint of what it asked, and the answer it got."""

    scope = models.CharField(max_length=120)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotency_once")]
