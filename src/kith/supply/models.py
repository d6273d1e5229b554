"""The tables of supply."""

from kith.supply.items.models import Item
from kith.supply.stock.models import Movement, StockLevel, Warehouse
from kith.supply.suppliers.models import SuppliedItem, Supplier

__all__ = ["Item", "Movement", "StockLevel", "SuppliedItem", "Supplier", "Warehouse"]
