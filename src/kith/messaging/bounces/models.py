"""The table of reports about mails of ours that came back."""

from django.db import models


class Bounce(models.Model):
    """One report about one mail of ours, once a day and kind at most. Identifiers, no foreign keys."""

    mail_id = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=254)
    kind = models.CharField(max_length=9)
    status = models.CharField(max_length=12, blank=True, default="")
    said = models.CharField(max_length=300, blank=True, default="")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["address", "-day"], name="bounce_by_address"),
            models.Index(fields=["person_id"], name="bounce_by_person"),
        ]
        constraints = [models.UniqueConstraint(fields=["mail_id", "kind", "day"], name="bounce_once_a_day")]
