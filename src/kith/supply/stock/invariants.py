"""What must always hold of stock."""

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from kith.kernel.invariants import INVARIANTS, Invariant
from kith.supply.stock.models import StockLevel


def drifted() -> list[str]:
    """Return a line for each level that is not the sum of its movements."""
    wrong = (
        StockLevel.objects.annotate(
            moved=Coalesce(Sum("movements__on_hand_change"), 0), promised=Coalesce(Sum("movements__reserved_change"), 0)
        )
        .exclude(moved=F("on_hand"), promised=F("reserved"))
        .select_related("item", "warehouse")
    )
    return [
        f"{level.item.sku} in {level.warehouse.code}: on hand {level.on_hand}, moved {level.moved}; "
        f"promised {level.reserved}, moved {level.promised}."
        for level in wrong[:100]
    ]


INVARIANTS.put(
    "supply.stock-is-the-sum-of-its-movements",
    Invariant("Every stock level is the sum of its movements.", drifted),
)
