"""The table of looks. The database refuses changes, and deletion of any but old rows (see the migration)."""

from django.db import models


class What(models.TextChoices):
    """What of a person was looked at."""

    PROFILE = "profile"
    PERSONNEL = "personnel"
    PREVIEW = "preview"
    EXPORT = "export"
    ORDER = "order"
    BILL = "bill"
    REQUEST = "request"
    ERASURE = "erasure"


class Look(models.Model):
    """Somebody (`by_id`; None: at the command line) looked at a person's data. Identifiers only, no foreign keys."""

    person_id = models.BigIntegerField()
    by_id = models.BigIntegerField(null=True)
    what = models.CharField(max_length=12, choices=What.choices)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-id"], name="look_of"),
            models.Index(fields=["by_id", "-id"], name="look_by"),
            models.Index(fields=["at"], name="look_when"),
        ]
