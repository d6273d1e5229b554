"""The table of mails."""

from django.db import models

from kith.kernel.identifiers import PublicIdField


class MailState(models.TextChoices):
    """Where a mail stands. Kept: no server is set, so it is shown only. Dropped: it was refused before it went.

    Returned: a server took it, and a report came back that it could not be delivered.
    """

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"
    DROPPED = "dropped"
    RETURNED = "returned"


class MailOut(models.Model):
    """One mail to one address. The Message-ID follows from `public_id`, so a repeat after a crash has the same.

    `leased_until`: a process is sending it. `next_try`: not before. `error` is the server's last answer.
    `wording` and its version: the automatic message that a single mail is (of a delivery the message says it).
    """

    public_id = PublicIdField()
    delivery_id = models.BigIntegerField(null=True, unique=True)
    person_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    message_class = models.CharField(max_length=14)
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    wording = models.CharField(max_length=60, blank=True, default="")
    wording_version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["-urgent", "next_try", "id"], name="mail_waiting", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["state", "-id"], name="mail_by_state"),
        ]
