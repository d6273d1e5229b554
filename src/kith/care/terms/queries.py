"""Reads of dates that end something."""

from datetime import date

from django.db.models import QuerySet

from kith.care.terms.models import Term


def current(*, day: date) -> QuerySet[Term]:
    """Return the dates that are not over on `day`, the next first."""
    return Term.objects.filter(ends_on__gte=day).select_related("person").order_by("ends_on", "id")
