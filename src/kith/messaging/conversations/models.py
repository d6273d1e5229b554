"""The tables of conversations. Unread counts are differences of sequence numbers: no row per message and person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.kernel.uploads import FileKind
from kith.people.calendars.models import Shift
from kith.people.persons.models import Person


class Kind(models.TextChoices):
    """Who talks: two colleagues, some colleagues, whoever a rule describes, or a person with a function."""

    DIRECT = "direct"
    GROUP = "group"
    ROSTER = "roster"
    DUTY = "duty"


class Notify(models.TextChoices):
    """Of what a member is reminded while away: of everything, of what names them, of nothing."""

    ALL = "all"
    MENTIONS = "mentions"
    NOTHING = "nothing"


class Gone(models.TextChoices):
    """Why somebody is no longer a member."""

    LEFT = "left"
    REMOVED = "removed"
    RULE = "rule"


class Conversation(models.Model):
    """One conversation. `last_seq` is the number of its newest post, `rev` counts every change of a post.

    Both are raised under the lock of this row only. `pair` is "7:12" for two colleagues; `rule` the predicate that a
    roster's members follow from; `duty` the function asked, `asker` who asked it, `awaiting_since` since when an
    answer is owed.
    """

    public_id = PublicIdField()
    kind = models.CharField(max_length=6, choices=Kind.choices)
    title = models.CharField(max_length=120, blank=True, default="")
    pair = models.CharField(max_length=41, null=True, unique=True)  # noqa: DJ001  (none is not a pair)
    rule = models.JSONField(null=True)
    duty = models.CharField(max_length=40, blank=True, default="")
    asker = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    awaiting_since = models.DateTimeField(null=True)
    last_seq = models.BigIntegerField(default=0)
    rev = models.BigIntegerField(default=0)
    last_at = models.DateTimeField()
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["duty", "-last_at"], name="conversation_of_a_duty", condition=~models.Q(duty=""))
        ]
        constraints = [
            models.CheckConstraint(
                name="conversation_direct_has_a_pair",
                condition=models.Q(kind="direct", pair__isnull=False) | ~models.Q(kind="direct") & models.Q(pair=None),
            ),
            models.CheckConstraint(
                name="conversation_roster_has_a_rule", condition=~models.Q(kind="roster") | models.Q(rule__isnull=False)
            ),
            models.CheckConstraint(
                name="conversation_duty_has_an_asker",
                condition=models.Q(kind="duty", asker__isnull=False) & ~models.Q(duty="")
                | ~models.Q(kind="duty") & models.Q(duty="", asker=None),
            ),
        ]


class Topic(models.Model):
    """A subject line within a conversation; `folded` is its name for comparing."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="topics")
    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=80)
    last_seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "folded"], name="topic_once")]


class Member(models.Model):
    """A person in a conversation. `since_seq`: posts up to this one are not theirs to read.

    `read_seq` is the newest post they read, `mentioned_seq` the newest that names them, `notified_seq` the newest
    they were reminded of, at `notified_at`. `leads`: adds and removes others.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()
    since_seq = models.BigIntegerField(default=0)
    read_seq = models.BigIntegerField(default=0)
    mentioned_seq = models.BigIntegerField(default=0)
    notified_seq = models.BigIntegerField(default=0)
    notified_at = models.DateTimeField(null=True)
    notify = models.CharField(max_length=8, choices=Notify.choices, default=Notify.ALL)
    leads = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True)
    gone = models.CharField(max_length=7, choices=Gone.choices, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["person"], name="member_of", condition=models.Q(left_at=None))]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "person"], name="member_once"),
            models.CheckConstraint(
                name="member_gone_with_reason",
                condition=models.Q(left_at=None, gone="") | models.Q(left_at__isnull=False) & ~models.Q(gone=""),
            ),
        ]


class PostKind(models.TextChoices):
    """What a post is: words, a note for the next shift, or something that happened to the conversation."""

    WORDS = "words"
    HANDOVER = "handover"
    EVENT = "event"


class Post(models.Model):
    """One entry of a conversation, numbered without gaps. `key` is made by the client: sent twice it is one post.

    `rev` is the conversation's at its last change. `earlier` keeps the texts before: `[{"text": …, "at": …}, …]`.
    The text of an event is its code (`joined left removed renamed`). A withdrawn one keeps its number, not its words.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="posts")
    seq = models.BigIntegerField()
    rev = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=PostKind.choices, default=PostKind.WORDS)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ours = models.BooleanField(default=False)
    key = models.UUIDField()
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="posts")
    text = models.TextField(blank=True, default="")
    mentions = ArrayField(models.BigIntegerField(), default=list)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    earlier = models.JSONField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["conversation", "rev"], name="post_changes"),
            models.Index(fields=["author"], name="post_author"),
            models.Index(fields=["at"], name="post_at"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="post_number_once"),
            models.UniqueConstraint(fields=["conversation", "author", "key"], name="post_key_once"),
        ]

    @property
    def original(self) -> str:
        """The words as they were first sent, "" once they are withdrawn."""
        return str(self.earlier[0]["text"]) if self.earlier else self.text


class PostFile(models.Model):
    """A picture (drawn anew by us) or a PDF in a post; `stored` is its random name in the file store."""

    public_id = PublicIdField()
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8, choices=FileKind.choices)
    name = models.CharField(max_length=120)
    stored = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)


class Handover(models.Model):
    """A note for the next shift: who takes over must say until `due_at` that they read it."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="handover")
    to_shift = models.ForeignKey(Shift, null=True, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handover_acknowledged_by_somebody",
                condition=models.Q(acknowledged_at=None, acknowledged_by=None)
                | models.Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            )
        ]


class Turned(models.Model):
    """A post that somebody made something of: `became` is the stored subject, `turn` the name on the shelf."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="turned")
    turn = models.CharField(max_length=40)
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    became = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "turn", "by"], name="turned_once")]


class Block(models.Model):
    """A person takes no direct messages from another."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    blocked = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "blocked"], name="block_once"),
            models.CheckConstraint(name="block_somebody_else", condition=~models.Q(person=models.F("blocked"))),
        ]


class Manners(models.Model):
    """How a person wants to talk. Without `shows_reading` nobody sees what they read, and they see nobody's either."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    shows_reading = models.BooleanField(default=True)


class Decision(models.TextChoices):
    """What became of a report."""

    OPEN = "open"
    KEPT = "kept"
    REMOVED = "removed"


class Report(models.Model):
    """Somebody says that a post should not stand: its words as reported, why, and what was decided with a sentence."""

    public_id = PublicIdField()
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="reports")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    decision = models.CharField(max_length=7, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "by"], name="report_once"),
            models.CheckConstraint(
                name="report_decided_whole",
                condition=models.Q(decision="open", decided_by=None, decided_at=None)
                | models.Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~models.Q(words="")
                & ~models.Q(decision="open"),
            ),
        ]


class Keeping(models.Model):
    """For how many days posts are kept (None: for ever); the newest row counts, the others are its history."""

    days = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
