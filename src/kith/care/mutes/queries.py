"""Reads of sensitive times."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from kith.care.mutes.models import Mute


def current(*, day: date) -> QuerySet[Mute]:
    """Return the times that are not over on `day`, the next to end first."""
    return Mute.objects.filter(until__gte=day).select_related("person").order_by("until", "id")


def muted(*, person_ids: Collection[int], day: date) -> set[int]:
    """Return those of the persons for whom care is silent on `day`."""
    rows = Mute.objects.filter(person_id__in=person_ids, since__lte=day, until__gte=day)
    return set(rows.values_list("person_id", flat=True))
