"""The table of deliveries that wait to be told of together."""

from django.db import models


class DigestEntry(models.Model):
    """A delivery that goes into its person's next digest; `mail_id` is the mail that told it. No foreign keys."""

    delivery_id = models.BigIntegerField(unique=True)
    person_id = models.BigIntegerField()
    due_at = models.DateTimeField()
    mail_id = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="digest_due", condition=models.Q(done_at__isnull=True)),
            models.Index(fields=["person_id"], name="digest_by_person"),
        ]
