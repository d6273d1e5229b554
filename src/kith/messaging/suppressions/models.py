"""The table of addresses that get no mail, for a while or for good."""

from django.db import models


class Reason(models.TextChoices):
    """Why an address gets no mail."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"
    BY_HAND = "by-hand"


class Suppression(models.Model):
    """An address (lower case) that gets no mail, from `since` to `until` (None: for good) or until it is released."""

    address = models.CharField(max_length=254)
    person_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=9, choices=Reason.choices)
    detail = models.CharField(max_length=300, blank=True, default="")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person_id"], name="suppression_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["address"], condition=models.Q(released_at__isnull=True), name="suppressed_once"
            )
        ]
