"""Reads of preferences: only the person and care look at them."""

from datetime import date

from kith.care.preferences.models import Preference, PreferenceKind


def likes_of(*, person_id: int, day: date) -> list[str]:
    """Return what a person likes, in their own words."""
    return _values(person_id, PreferenceKind.LIKE, day)


def dislikes_of(*, person_id: int, day: date) -> list[str]:
    """Return what a person dislikes or must not have."""
    kinds = (PreferenceKind.DISLIKE, PreferenceKind.ALLERGY)
    return [value for kind in kinds for value in _values(person_id, kind, day)]


def _values(person_id: int, kind: PreferenceKind, day: date) -> list[str]:
    rows = Preference.objects.filter(person_id=person_id, kind=kind, expires_on__gte=day)
    return list(rows.order_by("value").values_list("value", flat=True))


def all_of(*, person_id: int) -> list[Preference]:
    """Return everything a person said."""
    return list(Preference.objects.filter(person_id=person_id).order_by("kind", "value"))
