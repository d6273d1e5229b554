"""Reads of the rule book."""

from django.db.models import QuerySet

from kith.notices.rulebook.book import DEFAULT, Book, steps_of
from kith.notices.rulebook.models import Rulebook


def current() -> Book:
    """Return the rule book that holds now; one query."""
    return _book(Rulebook.objects.order_by("-version").first())


def pinned(*, version: int) -> Book:
    """Return the rule book with a version; 0 is the one of the house."""
    return _book(Rulebook.objects.filter(version=version).first()) if version else DEFAULT


def history() -> QuerySet[Rulebook]:
    """Return every rule book there was, the newest first."""
    return Rulebook.objects.select_related("changed_by").order_by("-version")


def _book(row: Rulebook | None) -> Book:
    if row is None:
        return DEFAULT
    return Book(
        version=row.version,
        urgent_quota=row.urgent_quota,
        urgent_days=row.urgent_days,
        translated_from=row.translated_from,
        enough_percent=row.enough_percent,
        steps=steps_of(row.ladder),
    )
