"""Reads of preferences: only the person and care look at them."""

from collections.abc import Collection
from datetime import date, timedelta

from kith.care.preferences.models import Preference, PreferenceKind, Wishes

ASKED_BEFORE = timedelta(days=30)


def likes_of(*, person_id: int, day: date) -> list[str]:
    """Return what a person likes, in their own words."""
    return _values(person_id, PreferenceKind.LIKE, day)


def dislikes_of(*, person_id: int, day: date) -> list[str]:
    """Return what a person dislikes or must not have."""
    kinds = (PreferenceKind.DISLIKE, PreferenceKind.ALLERGY)
    return [value for kind in kinds for value in _values(person_id, kind, day)]


def charities_of(*, person_id: int, day: date) -> list[str]:
    """Return to whom a person would rather give."""
    return _values(person_id, PreferenceKind.CHARITY, day)


def _values(person_id: int, kind: PreferenceKind, day: date) -> list[str]:
    rows = Preference.objects.filter(person_id=person_id, kind=kind, expires_on__gte=day)
    return list(rows.order_by("value").values_list("value", flat=True))


def all_of(*, person_id: int) -> list[Preference]:
    """Return everything a person said."""
    return list(Preference.objects.filter(person_id=person_id).order_by("kind", "value"))


def wishes_of(*, person_id: int) -> Wishes | None:
    """Return how a person wants care, None where they said nothing."""
    return Wishes.objects.filter(person_id=person_id).first()


def to_ask_again(*, person_id: int, day: date) -> bool:
    """Say whether what a person said is about to expire, or has: within a month of a year after they said it."""
    asked = day + ASKED_BEFORE - timedelta(days=365)
    return Wishes.objects.filter(person_id=person_id, refused_at__isnull=True, said_on__lte=asked).exists()


def refusers(*, person_ids: Collection[int]) -> set[int]:
    """Return those of the persons who want no care."""
    return set(
        Wishes.objects.filter(person_id__in=person_ids, refused_at__isnull=False).values_list("person_id", flat=True)
    )
