"""Makers of supply: each returns a real row with sensible defaults."""

import itertools
from datetime import UTC, datetime
from typing import Any

from kith.kernel.texts import Text
from kith.supply.items.models import Item
from kith.supply.stock.actions import receive
from kith.supply.stock.models import Warehouse
from tests.people import make as people

AT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def item(**given: Any) -> Item:
    n = next(_numbers)
    return Item.objects.create(**{"sku": f"SKU-{n}", "name": Text(en=f"Item {n}"), **given})


def warehouse(**given: Any) -> Warehouse:
    n = next(_numbers)
    owner = given.pop("organization", None) or people.organization()
    return Warehouse.objects.create(
        **{"code": f"warehouse-{n}", "name": Text(en=f"Warehouse {n}"), "organization": owner, **given}
    )


def stocked(quantity: int, *, warehouse: Warehouse | None = None, **given: Any) -> tuple[Warehouse, Item]:
    """Return a warehouse that holds so many of a new item."""
    place = warehouse or globals()["warehouse"]()
    made = item(**given)
    if quantity:
        receive(warehouse=place, item=made, quantity=quantity, at=AT)
    return place, made
