"""Writes of stock: receive, count, reserve, release, ship, give back.

Each is one statement that locks the levels in the order of their ids, changes those that allow it and writes the
movements; a level never shows more promised than on hand. Join a transaction in which payer and lots are locked
before stock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.statements import fetch_all
from kith.kernel.subjects import Subject
from kith.supply.items.models import Item
from kith.supply.stock.models import Movement, MovementKind, StockLevel, Warehouse


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many units of an item; an item stands in a list once."""

    item_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """An item of which fewer were there than wanted."""

    item_id: int
    wanted: int
    available: int


class OutOfStock(Refusal):
    """Something is not there in the quantity wanted; nothing has been taken."""

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        """Say how many there are of the first one."""
        self.shortages = tuple(shortages)
        first = self.shortages[0]
        if first.available > 0:
            sentence = _("Only %(available)s left, you asked for %(wanted)s.") % {
                "available": first.available,
                "wanted": first.wanted,
            }
        else:
            sentence = _("Sold out.")
        super().__init__(sentence, field="quantity")


_CHANGE = """
    WITH wanted AS (SELECT * FROM unnest(%(items)s::bigint[], %(quantities)s::bigint[]) AS w(item_id, quantity)),
    locked AS (
        SELECT l.id, w.quantity,
               l.on_hand + %(on_hand)s * w.quantity AS on_hand, l.reserved + %(reserved)s * w.quantity AS reserved
        FROM supply_stocklevel l JOIN wanted w ON w.item_id = l.item_id
        WHERE l.warehouse_id = %(warehouse)s ORDER BY l.id FOR UPDATE OF l
    ),
    fits AS (SELECT count(*) FILTER (WHERE reserved >= 0 AND on_hand >= reserved) AS levels FROM locked),
    changed AS (
        UPDATE supply_stocklevel l
        SET on_hand = l.on_hand + %(on_hand)s * k.quantity, reserved = l.reserved + %(reserved)s * k.quantity
        FROM locked k, fits
        WHERE l.id = k.id AND fits.levels = %(count)s
          AND l.reserved + %(reserved)s * k.quantity >= 0
          AND l.on_hand + %(on_hand)s * k.quantity >= l.reserved + %(reserved)s * k.quantity
        RETURNING l.id, k.quantity
    ),
    moved AS (
        INSERT INTO supply_movement (level_id, kind, on_hand_change, reserved_change, reference, at, by_id)
        SELECT id, %(kind)s::varchar, %(on_hand)s * quantity, %(reserved)s * quantity, %(reference)s::varchar,
               %(at)s::timestamptz, %(by)s::bigint
        FROM changed ORDER BY id
    )
    SELECT count(*) FROM changed
"""


@dataclass(frozen=True, slots=True)
class _Change:
    """What a kind of movement adds to both numbers for each unit."""

    kind: MovementKind
    on_hand: int
    reserved: int


_RESERVE = _Change(MovementKind.RESERVE, 0, 1)
_RELEASE = _Change(MovementKind.RELEASE, 0, -1)
_SHIP = _Change(MovementKind.SHIP, -1, -1)
_GIVE_BACK = _Change(MovementKind.GIVE_BACK, 1, 0)


def _apply(
    change: _Change,
    *,
    warehouse_id: int,
    wanted: Sequence[Wanted],
    reference: Subject,
    at: datetime,
    by_id: int | None,
) -> bool:
    """Change all levels wanted, or (False) none: one of them would not allow it, or does not exist."""
    if any(each.quantity <= 0 for each in wanted) or len({each.item_id for each in wanted}) != len(wanted):
        message = "Each item stands once, with a quantity above zero."
        raise ValueError(message)
    if not wanted:
        return True
    asked = {
        "items": [each.item_id for each in wanted],
        "quantities": [each.quantity for each in wanted],
        "count": len(wanted),
        "warehouse": warehouse_id,
        "kind": change.kind.value,
        "on_hand": change.on_hand,
        "reserved": change.reserved,
        "reference": str(reference),
        "at": at,
        "by": by_id,
    }
    changed = int(fetch_all(_CHANGE, asked)[0][0])
    if changed not in {0, len(wanted)}:
        message = f"{changed} of {len(wanted)} stock levels were changed."
        raise RuntimeError(message)
    return changed == len(wanted)


def _shortages(*, warehouse_id: int, wanted: Sequence[Wanted]) -> list[Shortage]:
    levels = StockLevel.objects.filter(warehouse_id=warehouse_id, item_id__in=[each.item_id for each in wanted])
    there = {level.item_id: level.available for level in levels}
    return [
        Shortage(each.item_id, each.quantity, there.get(each.item_id, 0))
        for each in sorted(wanted, key=lambda each: each.item_id)
        if there.get(each.item_id, 0) < each.quantity
    ]


def reserve(
    *, warehouse_id: int, wanted: Sequence[Wanted], reference: Subject, at: datetime, by_id: int | None = None
) -> None:
    """Promise goods to `reference`, all of them or (`OutOfStock`) none."""
    if not _apply(_RESERVE, warehouse_id=warehouse_id, wanted=wanted, reference=reference, at=at, by_id=by_id):
        short = _shortages(warehouse_id=warehouse_id, wanted=wanted)
        raise OutOfStock(short or [Shortage(wanted[0].item_id, wanted[0].quantity, 0)])


def _held(
    change: _Change,
    *,
    warehouse_id: int,
    wanted: Sequence[Wanted],
    reference: Subject,
    at: datetime,
    by_id: int | None,
) -> None:
    if not _apply(change, warehouse_id=warehouse_id, wanted=wanted, reference=reference, at=at, by_id=by_id):
        raise Refusal(_("That many are not held for it."), field="quantity")


def release(
    *, warehouse_id: int, wanted: Sequence[Wanted], reference: Subject, at: datetime, by_id: int | None = None
) -> None:
    """Take back the promise of goods; they may be sold again."""
    _held(_RELEASE, warehouse_id=warehouse_id, wanted=wanted, reference=reference, at=at, by_id=by_id)


def ship(
    *, warehouse_id: int, wanted: Sequence[Wanted], reference: Subject, at: datetime, by_id: int | None = None
) -> None:
    """Let promised goods leave the warehouse."""
    _held(_SHIP, warehouse_id=warehouse_id, wanted=wanted, reference=reference, at=at, by_id=by_id)


def give_back(
    *, warehouse_id: int, wanted: Sequence[Wanted], reference: Subject, at: datetime, by_id: int | None = None
) -> None:
    """Take shipped goods in again."""
    _held(_GIVE_BACK, warehouse_id=warehouse_id, wanted=wanted, reference=reference, at=at, by_id=by_id)


def receive(
    *,
    warehouse: Warehouse,
    item: Item,
    quantity: int,
    at: datetime,
    reference: Subject | None = None,
    by_id: int | None = None,
) -> StockLevel:
    """Take new goods in; the level is opened with the first ones."""
    if not 1 <= quantity <= 10**9:
        raise BadInput(_("A quantity is a whole number from 1."), field="quantity")
    with transaction.atomic():
        StockLevel.objects.bulk_create([StockLevel(warehouse=warehouse, item=item)], ignore_conflicts=True)
        level = StockLevel.objects.select_for_update().get(warehouse=warehouse, item=item)
        _move(level, MovementKind.RECEIVE, quantity, reference=str(reference or ""), at=at, by_id=by_id)
    return level


def count(*, warehouse: Warehouse, item: Item, on_hand: int, at: datetime, by_id: int | None) -> StockLevel:
    """Set what was counted; refused below what is promised."""
    if not 0 <= on_hand <= 10**9:
        raise BadInput(_("A counted quantity is a whole number from 0."), field="on_hand")
    with transaction.atomic():
        StockLevel.objects.bulk_create([StockLevel(warehouse=warehouse, item=item)], ignore_conflicts=True)
        level = StockLevel.objects.select_for_update().get(warehouse=warehouse, item=item)
        if on_hand < level.reserved:
            raise Refusal(
                _("%(reserved)s are promised to orders; count again, or cancel orders first.")
                % {"reserved": level.reserved},
                field="on_hand",
            )
        if on_hand != level.on_hand:
            _move(level, MovementKind.COUNT, on_hand - level.on_hand, reference="", at=at, by_id=by_id)
    return level


def _move(
    level: StockLevel, kind: MovementKind, change: int, *, reference: str, at: datetime, by_id: int | None
) -> None:
    level.on_hand += change
    level.save(update_fields=["on_hand"])
    Movement.objects.create(level=level, kind=kind, on_hand_change=change, reference=reference, at=at, by_id=by_id)
