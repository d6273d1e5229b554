"""Debts of kinds that may go below zero: carried by a lot of their own, settled as soon as there is something.

A debt that stayed where it was would let other lots expire too much: whoever owes 2 and is given 10, uses 5 and
lets the rest end, loses 3 and not 5.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from kith.ledger.lots.models import Entry, Lot
from kith.ledger.lots.queries import outstanding, unused_by_lot
from kith.ledger.lots.steps import Step
from kith.ledger.lots.taking import take

DEBT = "debt"


def settle(lots: Sequence[Lot], *, at: datetime, on: date) -> Decimal:
    """Move a holder's debt onto its lots valid on `on`, oldest debt first; return how much was moved.

    The lots are locked by the caller. References stay with what they used; no total changes.
    """
    debts = [lot for lot in lots if lot.source == DEBT]
    others = [lot for lot in lots if lot.source != DEBT]
    unused = unused_by_lot(lots)
    moved = Decimal(0)
    for step, back in ((Step.CONSUME, Step.RETURN), (Step.RESERVE, Step.RELEASE)):
        for owed in outstanding(step=step, lots=debts):
            taking = take(others, unused, owed.left, on=on)  # type: ignore[attr-defined]
            for lot, portion in taking.portions:
                unused[lot.pk] -= portion
                moved += portion
                _move(owed, lot, portion, back=back, at=at)
    return moved


def _move(owed: Entry, lot: Lot, amount: Decimal, *, back: Step, at: datetime) -> None:
    same = {"amount": amount, "reference": owed.reference, "at": at, "effective_on": at.date(), "by_id": owed.by_id}
    Entry.objects.create(lot=owed.lot, step=back, reverses=owed, **same)
    reserved = Entry.objects.create(lot=lot, step=Step.RESERVE, **same)
    if owed.step == Step.CONSUME:
        Entry.objects.create(lot=lot, step=Step.CONSUME, reverses=reserved, **same)
