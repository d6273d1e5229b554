"""The ledger's tables."""

from kith.ledger.lots.models import Account, Entry, Lot

__all__ = ["Account", "Entry", "Lot"]
