"""Reads of stores: which are open to whom."""

from collections.abc import Sequence
from datetime import date

from kith.commerce.stores.models import Store
from kith.people.segments.queries import matching


def open_to(*, person_id: int | None, day: date) -> list[Store]:
    """Return the stores a person (None: a visitor) may look into, by code; at most two queries."""
    stores = Store.objects.filter(is_open=True).select_related("segment", "organization").order_by("code")
    return _allowed(list(stores), person_id=person_id, day=day)


def _allowed(stores: Sequence[Store], *, person_id: int | None, day: date) -> list[Store]:
    closed = {s.pk: s.segment.rule for s in stores if not s.is_public and s.segment is not None}
    mine = matching(rules=closed, person_id=person_id, day=day) if closed and person_id is not None else set()
    return [store for store in stores if store.is_public or store.pk in mine]
