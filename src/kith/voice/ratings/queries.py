"""Reads of ratings."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, Count, QuerySet

from kith.kernel.subjects import Subject
from kith.voice.ratings.models import Rating


@dataclass(frozen=True)
class Standing:
    """How a subject is rated: by how many, and the average with one decimal."""

    number: int
    average: Decimal


def visible_to(*, person_id: int | None, subject: Subject) -> QuerySet[Rating]:
    """Return the ratings of a subject, newest first; whoever may read the subject reads them, visitors do not.

    The caller has found the subject among those the person may see.
    """
    if person_id is None:
        return Rating.objects.none()
    return Rating.objects.filter(subject=str(subject)).select_related("person").order_by("-at", "-id")


def standings(*, subjects: Collection[Subject]) -> dict[Subject, Standing]:
    """Return how those of the subjects stand that anybody rated. One query."""
    rows = (
        Rating.objects.filter(subject__in=[str(subject) for subject in subjects])
        .values_list("subject")
        .annotate(Count("pk"), Avg("stars"))
        .order_by()
    )
    return {
        Subject.parse(stored): Standing(number, Decimal(average).quantize(Decimal("0.1")))
        for stored, number, average in rows
    }
