"""The balance as a pure function of lots and entries: no database, no clock, no stored total.

Two times are kept apart: `as_of` is the day asked about (valid time), `known_at` the instant of knowledge
(recorded time). Amounts are decimals in the unit of the kind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from kith.ledger.lots.steps import Step

NOTHING = Decimal(0)


class LotLike(Protocol):
    """What the arithmetic needs of a lot. `expires_on` is its last valid day, None: never."""

    @property
    def pk(self) -> int:
        """The lot's key."""
        ...

    @property
    def valid_from(self) -> date:
        """The first day on which it may be used."""
        ...

    @property
    def expires_on(self) -> date | None:
        """The last one."""
        ...

    @property
    def created_at(self) -> datetime:
        """Since when it is known."""
        ...


class EntryLike(Protocol):
    """What the arithmetic needs of an entry."""

    @property
    def lot_id(self) -> int:
        """The lot's key."""
        ...

    @property
    def amount(self) -> Decimal:
        """How much; negative only for `adjust`."""
        ...

    @property
    def step(self) -> str:
        """One of `steps.Step`."""
        ...

    @property
    def at(self) -> datetime:
        """Since when it is known."""
        ...

    @property
    def effective_on(self) -> date:
        """From which day on it counts."""
        ...


@dataclass(frozen=True, slots=True)
class Balance:
    """What a holder has of a kind. Always granted = reserved + consumed + expired + available."""

    granted: Decimal = NOTHING
    reserved: Decimal = NOTHING
    consumed: Decimal = NOTHING
    expired: Decimal = NOTHING
    available: Decimal = NOTHING

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(
            granted=self.granted + other.granted,
            reserved=self.reserved + other.reserved,
            consumed=self.consumed + other.consumed,
            expired=self.expired + other.expired,
            available=self.available + other.available,
        )


EFFECT: dict[str, Balance] = {
    Step.GRANT: Balance(granted=Decimal(1), available=Decimal(1)),
    Step.ADJUST: Balance(granted=Decimal(1), available=Decimal(1)),
    Step.RESERVE: Balance(reserved=Decimal(1), available=Decimal(-1)),
    Step.CONSUME: Balance(reserved=Decimal(-1), consumed=Decimal(1)),
    Step.RELEASE: Balance(reserved=Decimal(-1), available=Decimal(1)),
    Step.RETURN: Balance(consumed=Decimal(-1), available=Decimal(1)),
    Step.EXPIRE: Balance(expired=Decimal(1), available=Decimal(-1)),
}
"""What one unit of each step adds to a balance."""


def effect(entry: EntryLike) -> Balance:
    """Return what one entry adds to a balance."""
    unit, amount = EFFECT[entry.step], entry.amount
    return Balance(
        granted=unit.granted * amount,
        reserved=unit.reserved * amount,
        consumed=unit.consumed * amount,
        expired=unit.expired * amount,
        available=unit.available * amount,
    )


def is_over(lot: LotLike, *, on: date) -> bool:
    """Say whether the last valid day of a lot lies before `on`."""
    return lot.expires_on is not None and lot.expires_on < on


def after_expiry(balance: Balance) -> Balance:
    """Return the balance of a lot whose time is over: what was left, never less than nothing, is expired."""
    left = max(NOTHING, balance.available)
    return balance + Balance(expired=left, available=-left)


def by_lot(
    entries: Iterable[EntryLike], lots: Iterable[LotLike], *, as_of: date, known_at: datetime | None = None
) -> dict[int, Balance]:
    """Return the balance of each lot valid on or before `as_of`, as it was known at `known_at` (None: today)."""
    known = [lot for lot in lots if known_at is None or lot.created_at <= known_at]
    balances = {lot.pk: Balance() for lot in known if lot.valid_from <= as_of}
    for entry in entries:
        counts = entry.effective_on <= as_of and (known_at is None or entry.at <= known_at)
        if counts and entry.lot_id in balances:
            balances[entry.lot_id] += effect(entry)
    for lot in known:
        if lot.pk in balances and is_over(lot, on=as_of):
            balances[lot.pk] = after_expiry(balances[lot.pk])
    return balances


def balance_of(
    entries: Iterable[EntryLike], lots: Iterable[LotLike], *, as_of: date, known_at: datetime | None = None
) -> Balance:
    """Return the balance on the day `as_of`, as it was known at `known_at` (None: with everything known).

    Lots that begin later do not count yet; lots whose last day is over count as expired with whatever is left,
    whether or not their `expire` entry has been written. The order of entries and lots is of no importance.
    """
    return sum(by_lot(entries, lots, as_of=as_of, known_at=known_at).values(), Balance())
