"""The tables of news: an item with its audience, and its texts by version and language."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.people.persons.models import Person
from kith.people.segments.models import Segment


class NewsState(models.TextChoices):
    """Written, then released; a withdrawn one is read by nobody but stays."""

    DRAFT = "draft"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class News(models.Model):
    """One piece of news. `version` is the released one (0: none yet); the text being written has the next number.

    `rule` is the segment's predicate as it was at the release; `segment` says who is to read the next release.
    """

    public_id = PublicIdField()
    state = models.CharField(max_length=10, choices=NewsState.choices, default=NewsState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="+")
    rule = models.JSONField(null=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-released_at"])]
        constraints = [
            models.CheckConstraint(
                name="news_released_whole",
                condition=models.Q(state="draft")
                | models.Q(version__gt=0, rule__isnull=False, released_at__isnull=False),
            )
        ]


class NewsText(models.Model):
    """Title and body of one version in one language (BCP 47). `released_at` is None while it is being written."""

    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="texts")
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    body = models.TextField()
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["news", "version", "language"], name="news_text_once"),
            models.CheckConstraint(name="news_text_not_empty", condition=~models.Q(title="") & ~models.Q(body="")),
            models.CheckConstraint(
                name="news_text_released_by",
                condition=models.Q(released_at__isnull=True, released_by__isnull=True)
                | models.Q(released_at__isnull=False, released_by__isnull=False),
            ),
        ]
