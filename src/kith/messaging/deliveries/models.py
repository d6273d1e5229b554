"""The tables of messages and deliveries. Deliveries are a mass table: no database foreign keys, two indexes."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField


class MessageClass(models.TextChoices):
    """What a message is for; caps, quiet hours and the legal basis hang on it."""

    SAFETY = "safety"
    TRANSACTIONAL = "transactional"
    SERVICE = "service"
    SURVEY = "survey"
    MARKETING = "marketing"


class Severity(models.IntegerChoices):
    """How much a message may disturb; urgent ones break through quiet hours."""

    QUIET = 0
    NORMAL = 1
    IMPORTANT = 2
    URGENT = 3


class State(models.IntegerChoices):
    """Where a delivery stands with its recipient. Counts over the states always add up to the audience."""

    SENT = 1
    OPENED = 2
    ACKNOWLEDGED = 3
    LATE = 4
    DECLINED = 5
    EXCUSED = 6
    UNREACHABLE = 7
    EXPIRED = 8
    ANSWERED = 9
    LEFT = 10


ANSWERED = (State.ACKNOWLEDGED, State.LATE, State.DECLINED, State.ANSWERED)
OUTSTANDING = (State.SENT, State.OPENED)
UNHEARD = (*OUTSTANDING, State.UNREACHABLE)
"""States of those somebody should talk to: they may answer, and have not."""
ANSWERABLE = (*OUTSTANDING, State.EXCUSED, State.UNREACHABLE, State.EXPIRED)
"""States in which an answer is still taken; after the due time it is late."""


class Channel(models.IntegerChoices):
    """Ways to the recipient beside the inbox."""

    INBOX = 0
    MAIL = 1
    PUSH = 2
    SMS = 3


class Message(models.Model):
    """What is said, in every language it is said in, once for all recipients.

    `about` is a stored subject, `link` the page in the portal that the message leads to ("" for its own page).
    `where` and `params` are the compiled audience of a message that goes out in the background, `cursor` the
    last person key dealt with; `sent_out_at` is set when nobody is left. `due_at`: acknowledged later is late.
    `options` are the answers offered, `[{"kind": …, "label": {"en": …}}, …]`; a `drill` is shown as one everywhere.
    `wording` is the code of an automatic message ("": somebody wrote it), `wording_version` the version of its words
    that was sent (0: the words we ship). `earlier` keeps the texts before:
    `[{"version": 1, "title": {…}, "body": {…}}, …]`.
    """

    public_id = PublicIdField()
    message_class = models.CharField(max_length=14, choices=MessageClass.choices)
    severity = models.SmallIntegerField(choices=Severity.choices, default=Severity.NORMAL)
    title = TextField()
    body = TextField()
    version = models.PositiveIntegerField(default=1)
    about = models.CharField(max_length=80, blank=True, default="")
    link = models.CharField(max_length=200, blank=True, default="")
    sender_id = models.BigIntegerField(null=True)
    needs_acknowledgement = models.BooleanField(default=False)
    options = models.JSONField(null=True)
    may_decline = models.BooleanField(default=False)
    drill = models.BooleanField(default=False)
    earlier = models.JSONField(null=True)
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    dedupe_key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001  (none is not a key)
    where = models.TextField(blank=True, default="")
    params = models.JSONField(null=True)
    cursor = models.BigIntegerField(default=0)
    sent_out_at = models.DateTimeField(null=True)
    wording = models.CharField(max_length=60, blank=True, default="")
    wording_version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="message_going_out", condition=models.Q(sent_out_at__isnull=True)),
            models.Index(
                fields=["message_class", "at"],
                name="message_capped",
                condition=models.Q(message_class__in=["survey", "marketing"]),
            ),
            models.Index(fields=["wording", "-id"], name="message_wording", condition=~models.Q(wording="")),
        ]


class Delivery(models.Model):
    """A message for one person. `reason` says why the arbiter chose the channel or the hour (`arbiter.py`).

    `seen_sha256` and `seen_language` name the exact rendering that was acknowledged, `via` where that was done.
    `answer` counts the message's options from 0. `remark` is why somebody declined, or the cause of the states
    unreachable and left. `joined_at`: added to the audience after the message had gone out.
    """

    message = models.ForeignKey(
        Message, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="deliveries"
    )
    person_id = models.BigIntegerField()
    state = models.SmallIntegerField(choices=State.choices, default=State.SENT)
    channel = models.SmallIntegerField(choices=Channel.choices, default=Channel.INBOX)
    reason = models.CharField(max_length=20)
    hold_until = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    seen_sha256 = models.CharField(max_length=64, null=True)  # noqa: DJ001  (not seen is not an empty text)
    seen_language = models.CharField(max_length=20, null=True)  # noqa: DJ001  (not seen is not an empty text)
    via = models.CharField(max_length=10, null=True)  # noqa: DJ001  (not seen is not an empty text)
    answer = models.SmallIntegerField(null=True)
    remark = models.CharField(max_length=300, null=True)  # noqa: DJ001  (nothing said is not an empty text)
    joined_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person_id", "-id"], name="delivery_inbox")]
        constraints = [models.UniqueConstraint(fields=["message", "person_id"], name="delivery_once")]


class SupersededAcknowledgement(models.Model):
    """An answer to a text that was changed since, or that gave way to another answer; kept as proof of both."""

    message = models.ForeignKey(Message, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    person_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    seen_sha256 = models.CharField(max_length=64)
    seen_language = models.CharField(max_length=20)
    acknowledged_at = models.DateTimeField()
    answer = models.SmallIntegerField(null=True)
    superseded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person_id", "message"], name="superseded_by_person")]
