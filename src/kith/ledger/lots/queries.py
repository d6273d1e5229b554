"""Reads of the ledger."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.db.models import DecimalField, F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from kith.kernel.subjects import Subject
from kith.ledger.lots.balances import EFFECT, NOTHING, Balance, balance_of, by_lot
from kith.ledger.lots.models import Entry, Lot
from kith.ledger.lots.steps import Step


def balance(*, holder: Subject, kind: str, as_of: date, known_at: datetime | None = None) -> Balance:
    """Return what a holder has of a kind on the day `as_of`, as known at `known_at` (None: everything known).

    Two queries, then `balances.balance_of`. Days to come are answered too: with the lots and entries there are.
    """
    lots = list(Lot.objects.filter(holder=str(holder), kind=kind))
    return balance_of(Entry.objects.filter(lot__in=lots), lots, as_of=as_of, known_at=known_at)


def entries(*, holder: Subject, kind: str) -> QuerySet[Entry]:
    """Return a holder's entries of a kind with their lots, newest first."""
    return Entry.objects.filter(lot__holder=str(holder), lot__kind=kind).select_related("lot").order_by("-at", "-id")


@dataclass(frozen=True)
class LotLeft:
    """A lot and its balance on a day."""

    lot: Lot
    balance: Balance


def lots_left(*, holder: Subject, kind: str, as_of: date) -> list[LotLeft]:
    """Return the lots with something available on `as_of`, soonest to expire first."""
    lots = list(Lot.objects.filter(holder=str(holder), kind=kind))
    balances = by_lot(Entry.objects.filter(lot__in=lots), lots, as_of=as_of)
    left = [LotLeft(lot, balances[lot.pk]) for lot in lots if lot.pk in balances and balances[lot.pk].available > 0]
    return sorted(left, key=lambda item: (item.lot.expires_on or date.max, item.lot.pk))


_AVAILABLE_MANY = """
    SELECT holder, sum(CASE WHEN expires_on < %(as_of)s THEN least(unused, 0) ELSE unused END)
    FROM (SELECT l.holder, l.expires_on, sum(CASE
                     WHEN e.step IN ('grant', 'adjust', 'release', 'return') THEN e.amount
                     WHEN e.step IN ('reserve', 'expire') THEN -e.amount ELSE 0 END) AS unused
          FROM ledger_lot l JOIN ledger_entry e ON e.lot_id = l.id AND e.effective_on <= %(as_of)s
          WHERE l.kind = %(kind)s AND l.holder = ANY(%(holders)s) AND l.valid_from <= %(as_of)s
          GROUP BY l.id) AS lots
    GROUP BY holder
"""


def available_many(*, kind: str, holders: Collection[Subject], as_of: date) -> dict[Subject, Decimal]:
    """Return what each holder has available of a kind on `as_of`, nothing where there is no lot. One query."""
    asked = {str(holder): holder for holder in holders}
    found = dict.fromkeys(holders, NOTHING)
    with connection.cursor() as cursor:
        cursor.execute(_AVAILABLE_MANY, {"kind": kind, "holders": list(asked), "as_of": as_of})
        found.update({asked[holder]: amount for holder, amount in cursor.fetchall()})
    return found


def unused_by_lot(lots: Iterable[Lot]) -> dict[int, Decimal]:
    """Return what is neither reserved, used nor expired of each lot, by every entry whatever its day. One query."""
    lots = list(lots)
    unused = {lot.pk: NOTHING for lot in lots}
    sums = Entry.objects.filter(lot__in=lots).values_list("lot_id", "step").annotate(Sum("amount"))
    for lot_id, step, amount in sums:
        unused[lot_id] += EFFECT[step].available * amount
    return unused


def outstanding(*, step: Step, reference: str = "", lots: Iterable[Lot] | None = None) -> QuerySet[Entry]:
    """Return the `reserve` or `consume` entries that are not fully answered, with what is `left` of each, by id."""
    found = Entry.objects.filter(step=step)
    if reference:
        found = found.filter(reference=reference)
    if lots is not None:
        found = found.filter(lot__in=lots)
    answered = Coalesce(Sum("answers__amount"), Value(NOTHING), output_field=DecimalField())
    return found.annotate(left=F("amount") - answered).filter(left__gt=0).select_related("lot").order_by("id")


def held_for(*, reference: Subject) -> dict[str, Balance]:
    """Return by kind what is reserved and consumed for a reference now."""
    found: dict[str, Balance] = {}
    for step, name in ((Step.RESERVE, "reserved"), (Step.CONSUME, "consumed")):
        for entry in outstanding(step=step, reference=str(reference)):
            found[entry.lot.kind] = found.get(entry.lot.kind, Balance()) + Balance(**{name: entry.left})  # type: ignore[attr-defined]
    return found
