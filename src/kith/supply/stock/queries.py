"""Reads of stock."""

from collections.abc import Collection

from django.db.models import F, QuerySet

from kith.supply.stock.models import StockLevel


def available(*, warehouse_id: int, item_ids: Collection[int]) -> dict[int, int]:
    """Return how many of each item may still be sold; an item without a level is missing."""
    rows = StockLevel.objects.filter(warehouse_id=warehouse_id, item_id__in=item_ids)
    return dict(rows.values_list("item_id", F("on_hand") - F("reserved")))


def levels() -> QuerySet[StockLevel]:
    """Return all levels with item and warehouse, by item."""
    return StockLevel.objects.select_related("item", "warehouse").order_by("item__sku", "warehouse__code")
