"""Which lots an amount is taken from: pure, soonest to expire first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from kith.ledger.lots.balances import NOTHING, LotLike

L = TypeVar("L", bound=LotLike)


@dataclass(frozen=True)
class Taking(Generic[L]):
    """Portions of lots, and what could not be found (`short`)."""

    portions: list[tuple[L, Decimal]]
    short: Decimal


def usable(lots: Iterable[L], *, on: date) -> list[L]:
    """Return the lots valid on the day `on`, soonest to expire first, those that never expire last."""
    valid = [lot for lot in lots if lot.valid_from <= on and (lot.expires_on is None or lot.expires_on >= on)]
    return sorted(valid, key=lambda lot: (lot.expires_on or date.max, lot.pk))


def take(lots: Iterable[L], unused: Mapping[int, Decimal], amount: Decimal, *, on: date) -> Taking[L]:
    """Spread `amount` over the lots valid on `on`; a lot never gives more than it has unused."""
    portions: list[tuple[L, Decimal]] = []
    left = amount
    for lot in usable(lots, on=on):
        portion = min(left, max(NOTHING, unused.get(lot.pk, NOTHING)))
        if portion > 0:
            portions.append((lot, portion))
            left -= portion
    return Taking(portions=portions, short=left)
