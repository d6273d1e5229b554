"""The tables of notices: the text in force, every released version of it, and its escalations."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField
from kith.messaging.deliveries.models import Message
from kith.people.persons.models import Person
from kith.people.segments.models import Segment


class Severity(models.TextChoices):
    """How much a notice may disturb. Urgent breaks through quiet hours and needs a reason."""

    NEWS = "news"
    IMPORTANT = "important"
    URGENT = "urgent"


class NoticeState(models.TextChoices):
    """A notice is written, then published; a withdrawn one stays as proof."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Notice(models.Model):
    """A message that must reach everyone in a segment.

    `rule` is the segment's predicate as it was when published; `segment` says where it came from.
    `message` carries the deliveries, one row per recipient. `version` counts released texts.
    """

    public_id = PublicIdField()
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.DRAFT)
    severity = models.CharField(max_length=10, choices=Severity.choices, default=Severity.IMPORTANT)
    reason = models.CharField(max_length=300, blank=True, default="")
    title = TextField()
    body = TextField()
    version = models.PositiveIntegerField(default=1)
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    rule = models.JSONField(null=True)
    needs_acknowledgement = models.BooleanField(default=True)
    drill = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices_written")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    message = models.OneToOneField(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="notice")

    class Meta:
        indexes = [
            models.Index(fields=["state", "-published_at"]),
            models.Index(
                fields=["due_at"],
                name="notice_to_escalate",
                condition=models.Q(state="published", escalated_at__isnull=True, needs_acknowledgement=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_published_whole",
                condition=models.Q(state="draft")
                | models.Q(published_at__isnull=False, message__isnull=False, rule__isnull=False),
            ),
            models.CheckConstraint(
                name="notice_acknowledged_until",
                condition=models.Q(needs_acknowledgement=False)
                | models.Q(state="draft")
                | models.Q(due_at__isnull=False),
            ),
        ]


class NoticeVersion(models.Model):
    """A released text. An editorial change keeps acknowledgements, any other asks again."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    title = TextField()
    body = TextField()
    editorial = models.BooleanField(default=False)
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "version"], name="notice_version_once")]


class Escalation(models.Model):
    """A line manager's list of their own outstanding people, sent after the due time.

    `sent_to` is the manager, or the deputy of an absent one; `outstanding` how many were on the list.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="escalations")
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outstanding = models.PositiveIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "manager"], name="escalated_once")]
