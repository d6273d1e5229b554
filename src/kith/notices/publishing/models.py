"""The tables of notices: the text in force, every released version of it, who agreed to it, and its escalations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField
from kith.messaging.deliveries.models import Message
from kith.notices.rulebook.book import StepKind
from kith.notices.severities import Severity
from kith.people.persons.models import Person
from kith.people.segments.models import Segment


class NoticeState(models.TextChoices):
    """A notice is written, then published; a withdrawn one stays as proof."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Certainty(models.TextChoices):
    """How sure it is what a notice speaks of (OASIS CAP 1.2, `certainty`)."""

    OBSERVED = "Observed", _("It has happened or is happening")
    LIKELY = "Likely", _("Likely")
    POSSIBLE = "Possible", _("Possible")
    UNLIKELY = "Unlikely", _("Unlikely")
    UNKNOWN = "Unknown", _("Not known")


class Category(models.TextChoices):
    """What field a notice belongs to (OASIS CAP 1.2, `category`)."""

    SAFETY = "Safety", _("Safety")
    SECURITY = "Security", _("Security")
    FIRE = "Fire", _("Fire")
    HEALTH = "Health", _("Health")
    METEOROLOGICAL = "Met", _("Weather")
    GEOPHYSICAL = "Geo", _("Earthquake, landslide")
    RESCUE = "Rescue", _("Rescue")
    ENVIRONMENT = "Env", _("Environment")
    TRANSPORT = "Transport", _("Transport")
    INFRASTRUCTURE = "Infra", _("Power, water, networks")
    HAZARDOUS = "CBRNE", _("Chemical, biological, radiological, nuclear or explosive")
    OTHER = "Other", _("Other")


class Notice(models.Model):
    """A message that must reach everyone in a segment.

    `rule` is the segment's predicate as it was when published; `segment` or `matter` say where it came from
    (`matter`: what the author stated, `{"kind": …, "value": …}`). `message` carries the deliveries, one row per
    recipient. `version` counts released texts, `rulebook` is the version of the rules it went out under (0: the
    house's). `options` are the answers offered, `[{"kind": "safe", "label": {"en": …}}, …]`. Until `expires_at`
    joiners are added; answers after `due_at` are late. `next_wave_at` is when the ladder's step `next_step` is due.
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
    matter = models.JSONField(null=True, blank=True)
    options = models.JSONField(default=list, blank=True)
    may_decline = models.BooleanField(default=False)
    category = models.CharField(max_length=10, choices=Category.choices, default=Category.OTHER)
    certainty = models.CharField(max_length=10, choices=Certainty.choices, default=Certainty.UNKNOWN)
    rulebook = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices_written")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    next_step = models.PositiveSmallIntegerField(default=0)
    next_wave_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    expired_at = models.DateTimeField(null=True, blank=True)
    message = models.OneToOneField(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="notice")

    class Meta:
        indexes = [
            models.Index(fields=["state", "-published_at"]),
            models.Index(
                fields=["next_wave_at"],
                name="notice_to_escalate",
                condition=models.Q(state="published", next_wave_at__isnull=False),
            ),
            models.Index(
                fields=["published_at"],
                name="notice_in_force",
                condition=models.Q(state="published", expired_at__isnull=True),
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
            models.CheckConstraint(
                name="notice_valid_past_its_due_time",
                condition=models.Q(expires_at__isnull=True)
                | models.Q(due_at__isnull=True)
                | models.Q(expires_at__gte=models.F("due_at")),
            ),
        ]


class NoticeVersion(models.Model):
    """A released text. An editorial change keeps acknowledgements and names who agreed to it, any other asks again.

    `diff` is what changed against the version before, by language: `{"en": {"title": [["del", "3"], …], "body": …}}`.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    title = TextField()
    body = TextField()
    editorial = models.BooleanField(default=False)
    diff = models.JSONField(default=dict, blank=True)
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "version"], name="notice_version_once"),
            models.CheckConstraint(
                name="notice_version_agreed_by_another", condition=~models.Q(approved_by=models.F("released_by"))
            ),
        ]


class ApprovalKind(models.TextChoices):
    """What a second person is asked for."""

    URGENT = "urgent", _("An urgent notice above the sender's budget")
    EDITORIAL = "editorial", _("A correction of wording that keeps acknowledgements")


class Approval(models.Model):
    """A second person is asked for, and says yes or no. `payload` is what exactly is asked for, to the last word.

    Of each kind a notice has one open question at most. `granted` is None until somebody decided, False as well where
    the text was changed meanwhile (then `decided_by` is nobody).
    """

    public_id = PublicIdField()
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="approvals")
    kind = models.CharField(max_length=10, choices=ApprovalKind.choices)
    payload = models.JSONField(default=dict)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "kind"], condition=models.Q(granted__isnull=True), name="approval_open_once"
            ),
            models.CheckConstraint(name="approval_by_another", condition=~models.Q(decided_by=models.F("asked_by"))),
        ]


class WaveOutcome(models.TextChoices):
    """What came of a step of the ladder."""

    SENT = "sent", _("Sent")
    ENOUGH = "enough", _("Stopped: enough have answered")
    NOBODY = "nobody", _("Nobody to send it to")


class Wave(models.Model):
    """A step of the ladder that was due: when, to how many, of how many still outstanding, and why it ended so."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="waves")
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    outstanding = models.PositiveIntegerField()
    sent = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=WaveOutcome.choices)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "step"], name="wave_once")]


class Escalation(models.Model):
    """A list of outstanding people that was sent in a wave: a line manager's own, or everybody to those on duty.

    `sent_to` is the manager, or a deputy; `outstanding` how many were on the list. Without a `manager` the list is
    everybody's, sent to somebody on duty.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="escalations")
    wave = models.ForeignKey(Wave, null=True, on_delete=models.CASCADE, related_name="lists")
    manager = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    sent_to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outstanding = models.PositiveIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "manager", "sent_to"], name="escalated_once")]
