"""The tables of webhooks: who is told which facts, and what became of each telling."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kith.kernel.identifiers import PublicIdField


class EndpointState(models.TextChoices):
    """Active: facts are sent. Paused: somebody stopped it. Stopped: it failed for too long, or asked for it (410)."""

    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"


class Endpoint(models.Model):
    """An address that is told facts of some `kinds` (none: of every kind), from `position` on.

    `secret` signs what is sent; for a day after a roll `previous_secret` signs too. Since something last arrived:
    `failing_since` is the first failure, `failures` how many there were, `next_try` when the next one is due.
    """

    public_id = PublicIdField()
    url = models.CharField(max_length=500)
    label = models.CharField(max_length=100)
    kinds = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    secret = models.CharField(max_length=100)
    previous_secret = models.CharField(max_length=100, blank=True, default="")
    previous_until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=EndpointState.choices, default=EndpointState.ACTIVE)
    position = models.BigIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField(null=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="webhook_previous_secret_ends",
                condition=models.Q(previous_secret="") | models.Q(previous_until__isnull=False),
            )
        ]


class SendingState(models.TextChoices):
    """Where a telling stands. Failed: refused ten times. Dropped: its endpoint was removed first."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class Sending(models.Model):
    """One fact for one endpoint (or a test, `position` None). `public_id` is the `webhook-id`, the same at every try.

    `leased_until`: a process is sending it. `next_try`: not before. `status`: of the last answer, None where none came.
    """

    public_id = PublicIdField()
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="sendings")
    position = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=SendingState.choices, default=SendingState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["endpoint", "next_try", "id"], name="webhook_waiting", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["endpoint", "-id"], name="webhook_tries"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "position"], condition=models.Q(position__isnull=False), name="webhook_once_a_fact"
            )
        ]
