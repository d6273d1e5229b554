"""The tables of ideas, votes and comments."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.people.persons.models import Person


class IdeaState(models.TextChoices):
    """Where an idea stands with its author."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DONE = "done"
    DECLINED = "declined"


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
    """One idea. While it is open a promise owes its author an answer; `answered_by` could have said yes.

    `understood` is what the author says of the answer (the stars are a rating of it); not understood reopens it once.
    `folded` is title and text without diacritics, for finding what was said before.
    """

    public_id = PublicIdField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ideas")
    title = models.CharField(max_length=150)
    text = models.TextField()
    folded = models.TextField(default="")
    category = models.CharField(max_length=10, choices=Category.choices, default=Category.OTHER)
    state = models.CharField(max_length=10, choices=IdeaState.choices, default=IdeaState.OPEN)
    submitted_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True, default="")
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    understood = models.BooleanField(null=True)
    rated_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-submitted_at"])]
        constraints = [
            models.CheckConstraint(
                name="idea_answered_whole",
                condition=models.Q(state="open")
                | models.Q(answered_by__isnull=False, answered_at__isnull=False) & ~models.Q(answer=""),
            ),
            models.CheckConstraint(
                name="idea_declined_with_reason", condition=~models.Q(state="declined") | ~models.Q(reason="")
            ),
        ]


class Vote(models.Model):
    """A person finds an idea good, once."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "person"], name="idea_vote_once")]


class Comment(models.Model):
    """What somebody says to an idea."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
