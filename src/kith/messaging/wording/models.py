"""The table of an organization's own words for automatic messages."""

from django.db import models

from kith.kernel.texts import TextField


class VersionState(models.TextChoices):
    """Where a version stands. Retired: another one took its place, or the words we ship did."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class WordingVersion(models.Model):
    """One version of an automatic message's words. Versions count from 1; 0 stands for the words we ship.

    At most one draft and one active version of a code; only a draft is ever changed.
    """

    code = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=VersionState.choices, default=VersionState.DRAFT)
    title = TextField()
    body = TextField()
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    activated_at = models.DateTimeField(null=True)
    activated_by_id = models.BigIntegerField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="wording_version_once"),
            models.UniqueConstraint(
                fields=["code", "state"], condition=~models.Q(state="retired"), name="wording_one_draft_one_active"
            ),
        ]
