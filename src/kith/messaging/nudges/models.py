"""The tables of devices, of telephone numbers, and of what goes to them."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.people.persons.models import Person


class PushDevice(models.Model):
    """A browser that takes pushes (RFC 8030): its address at its push service, and its keys (RFC 8291) in base64url."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="push_devices")
    endpoint = models.CharField(max_length=500, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)


class Number(models.Model):
    """A person's mobile number (E.164) for SMS. It is used once the code sent to it was typed back: `confirmed_at`."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="number")
    e164 = models.CharField(max_length=16)
    confirmed_at = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=64, blank=True, default="")
    code_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)


class NudgeState(models.TextChoices):
    """Where a nudge stands. Kept: no way is set, so it is shown only. Dropped: refused or gone before it went."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"
    DROPPED = "dropped"


class Nudge(models.Model):
    """One push to one device, or one SMS to one number. Identifiers, no foreign keys; `device_id` is none for SMS.

    `text` is what the person reads, `link` where it leads. `delivery_id`: none for the code that confirms a number.
    """

    public_id = PublicIdField()
    delivery_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField()
    channel = models.SmallIntegerField()
    device_id = models.BigIntegerField(null=True)
    number = models.CharField(max_length=16, blank=True, default="")
    title = models.CharField(max_length=200, blank=True, default="")
    text = models.CharField(max_length=600)
    link = models.CharField(max_length=400, blank=True, default="")
    message_class = models.CharField(max_length=14)
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=NudgeState.choices, default=NudgeState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-urgent", "next_try", "id"], name="nudge_waiting", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["person_id", "-id"], name="nudge_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery_id", "channel", "device_id"],
                condition=models.Q(delivery_id__isnull=False),
                nulls_distinct=False,
                name="nudge_once",
            )
        ]
