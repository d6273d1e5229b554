"""The tables of ideas, votes, comments and what is attached."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.kernel.uploads import FileKind
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from kith.people.segments.models import Segment
from kith.voice.campaigns.models import Campaign, Terms
from kith.voice.filings.models import Filing


class IdeaState(models.TextChoices):
    """Where an idea stands. Answered: nothing has to change; accepted and planned: somebody owes that it is done."""

    OPEN = "open"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    PLANNED = "planned"
    DONE = "done"
    DECLINED = "declined"


TO_DO = (IdeaState.ACCEPTED, IdeaState.PLANNED)
"""States in which it is owed that the idea is put into practice."""


class Visibility(models.TextChoices):
    """Who reads an idea beside its author: every employee, those of its segment, or only who answers it."""

    ALL = "all"
    SEGMENT = "segment"
    OWNER = "owner"


class Reason(models.TextChoices):
    """Why an idea is declined; a sentence always goes with it."""

    COST = "cost"
    EXISTS = "exists"
    SAFETY = "safety"
    RULES = "rules"
    OTHER = "other"


class Category(models.TextChoices):
    """What an idea is about."""

    SAFETY = "safety"
    QUALITY = "quality"
    WORKDAY = "workday"
    COSTS = "costs"
    PRODUCTS = "products"
    OTHER = "other"


class Idea(models.Model):
    """One idea. While it is open promises owe its author that it is read and that it is answered.

    `author` is nobody where it came without a name; its times are then the Monday of a week. `folded` is title and
    text without diacritics, `signals` what both say apart from their language (None: not looked at yet). `nonce` makes
    the hash in the chain of filings unguessable. `merged_into` is the idea it is answered with. `unit` is the unit that
    answers. `cost` is what doing it would cost, `authority` what the decider may decide (nothing: any amount), both in
    `currency`. `understood` is what the author says of the answer; not understood reopens it once. `outcome` says what
    was done.
    """

    public_id = PublicIdField()
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="ideas")
    title = models.CharField(max_length=150)
    text = models.TextField()
    folded = models.TextField(default="")
    signals = ArrayField(models.CharField(max_length=60), null=True)
    nonce = models.CharField(max_length=32, blank=True, default="")
    category = models.CharField(max_length=10, choices=Category.choices, default=Category.OTHER)
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.PROTECT, related_name="ideas")
    terms = models.ForeignKey(Terms, null=True, on_delete=models.PROTECT, related_name="+")
    visibility = models.CharField(max_length=8, choices=Visibility.choices, default=Visibility.ALL)
    segment = models.ForeignKey(Segment, null=True, on_delete=models.PROTECT, related_name="+")
    filing = models.OneToOneField(Filing, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    merged_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=IdeaState.choices, default=IdeaState.OPEN)
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True, default="")
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    cost = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    authority = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    understood = models.BooleanField(null=True)
    rated_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True, default="")
    outcome_link = models.CharField(max_length=200, blank=True, default="")
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-submitted_at"]),
            models.Index(fields=["-submitted_at", "-id"], name="idea_newest"),
            GinIndex(fields=["signals"], name="idea_signals", fastupdate=False),
            models.Index(fields=["segment"], name="idea_for_segment", condition=models.Q(visibility="segment")),
            models.Index(fields=["done_at"], name="idea_done", condition=models.Q(state="done")),
        ]
        constraints = [
            models.CheckConstraint(
                name="idea_answered_whole",
                condition=models.Q(state="open")
                | models.Q(answered_by__isnull=False, answered_at__isnull=False) & ~models.Q(answer=""),
            ),
            models.CheckConstraint(
                name="idea_declined_with_reason", condition=~models.Q(state="declined") | ~models.Q(reason="")
            ),
            models.CheckConstraint(
                name="idea_done_with_outcome",
                condition=~models.Q(state="done") | models.Q(done_at__isnull=False) & ~models.Q(outcome=""),
            ),
            models.CheckConstraint(
                name="idea_not_merged_into_itself",
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
            ),
            models.CheckConstraint(
                name="idea_for_a_segment_has_one",
                condition=~models.Q(visibility="segment") | models.Q(segment__isnull=False),
            ),
        ]

    @property
    def author_name(self) -> str:
        """The author's name, "" for an idea without one."""
        return self.author.name if self.author is not None else ""

    @property
    def is_anonymous(self) -> bool:
        """Whether it came without a name."""
        return self.author_id is None


class Vote(models.Model):
    """A person finds an idea good, once. `mine`: they had it too, so the answer is told to them as well."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    mine = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "person"], name="idea_vote_once")]


class Comment(models.Model):
    """What somebody says to an idea."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()


class Attachment(models.Model):
    """A picture (drawn anew by us) or a PDF that belongs to an idea; `stored` is its random name in the file store."""

    public_id = PublicIdField()
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="attachments")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=FileKind.choices)
    name = models.CharField(max_length=120)
    stored = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
