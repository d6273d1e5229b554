"""Reads of looks."""

from django.db.models import QuerySet

from kith.access.looks.models import Look


def looks_at(*, person_id: int) -> "QuerySet[Look]":
    """Return who looked at a person's data, the latest first."""
    return Look.objects.filter(person_id=person_id).order_by("-id")
