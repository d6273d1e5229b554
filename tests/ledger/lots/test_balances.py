"""The balance as arithmetic: whatever happened, in whatever order it is read."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kith.ledger.lots.balances import Balance, balance_of, by_lot
from kith.ledger.lots.steps import Step
from kith.ledger.lots.taking import take, usable

START = date(2027, 1, 1)
Moves = list[tuple[Any, ...]]


@dataclass(frozen=True)
class PlainLot:
    pk: int
    valid_from: date
    expires_on: date | None
    created_at: datetime


@dataclass(frozen=True)
class PlainEntry:
    lot_id: int
    amount: Decimal
    step: str
    at: datetime
    effective_on: date


@dataclass
class Paper:
    """A ledger on paper: the pure functions alone, day by day."""

    lots: list[PlainLot] = field(default_factory=list)
    entries: list[PlainEntry] = field(default_factory=list)
    day: int = 0

    @property
    def today(self) -> date:
        return START + timedelta(days=self.day)

    @property
    def at(self) -> datetime:
        return datetime.combine(self.today, datetime.min.time(), tzinfo=UTC)

    def write(self, lot: PlainLot, step: Step, amount: Decimal, on: date | None = None) -> None:
        self.entries.append(PlainEntry(lot.pk, amount, step, self.at, on or self.today))

    def lot_balance(self, lot: PlainLot) -> Balance:
        """Return what every entry of a lot adds up to, whatever its day and the lot's last one."""
        endless = PlainLot(lot.pk, lot.valid_from, None, lot.created_at)
        return by_lot(self.entries, [endless], as_of=date.max)[lot.pk]

    def balance(self, day: int | None = None) -> Balance:
        return balance_of(self.entries, self.lots, as_of=START + timedelta(days=self.day if day is None else day))

    def grant(self, amount: int, begins: int, lasts: int | None) -> None:
        since = self.today + timedelta(days=begins)
        until = None if lasts is None else since + timedelta(days=lasts)
        self.lots.append(PlainLot(len(self.lots) + 1, since, until, self.at))
        self.write(self.lots[-1], Step.GRANT, Decimal(amount), since)

    def reserve(self, amount: int) -> bool:
        unused = {lot.pk: self.lot_balance(lot).available for lot in self.lots}
        taking = take(self.lots, unused, Decimal(amount), on=self.today)
        if taking.short:
            return False
        for lot, portion in taking.portions:
            self.write(lot, Step.RESERVE, portion)
        return True

    def turn(self, step: Step, share: int) -> None:
        """Answer a share (in percent) of what each lot has reserved or used."""
        for lot in self.lots:
            balance = self.lot_balance(lot)
            held = balance.consumed if step == Step.RETURN else balance.reserved
            if amount := (held * share / 100).to_integral_value():
                self.write(lot, step, amount)

    def expire(self) -> int:
        written = 0
        for lot in self.lots:
            left = self.lot_balance(lot).available
            if lot.expires_on is not None and lot.expires_on < self.today and left > 0:
                self.write(lot, Step.EXPIRE, left, lot.expires_on + timedelta(days=1))
                written += 1
        return written


AMOUNTS = st.integers(1, 50)
MOVES = st.one_of(
    st.tuples(st.just("grant"), AMOUNTS, st.integers(0, 20), st.none() | st.integers(0, 40)),
    st.tuples(st.just("reserve"), AMOUNTS),
    st.tuples(st.just("turn"), st.sampled_from([Step.CONSUME, Step.RELEASE, Step.RETURN]), st.integers(1, 100)),
    st.tuples(st.just("wait"), st.integers(1, 15)),
    st.tuples(st.just("expire")),
)


def play(moves: Moves) -> Paper:
    paper = Paper()
    for name, *arguments in moves:
        if name == "wait":
            paper.day += arguments[0]
        else:
            getattr(paper, name)(*arguments)
    return paper


@given(st.lists(MOVES, max_size=25), st.integers(0, 80))
def test_what_was_granted_is_reserved_consumed_expired_or_available_and_never_below_zero(
    moves: Moves, ahead: int
) -> None:
    paper = play(moves)
    balance = paper.balance(paper.day + ahead)
    assert balance.granted == balance.reserved + balance.consumed + balance.expired + balance.available
    for part in (balance.granted, balance.reserved, balance.consumed, balance.expired, balance.available):
        assert part >= 0


@given(st.lists(MOVES, max_size=25), st.randoms(use_true_random=False))
def test_the_order_in_which_entries_and_lots_are_read_is_of_no_importance(moves: Moves, random: Random) -> None:
    paper = play(moves)
    before = paper.balance()
    random.shuffle(paper.entries)
    random.shuffle(paper.lots)
    assert paper.balance() == before


@given(st.lists(MOVES, max_size=25), st.integers(0, 80))
def test_writing_expiry_down_changes_no_balance_and_a_second_time_writes_nothing(moves: Moves, ahead: int) -> None:
    paper = play(moves)
    paper.day += ahead
    before = paper.balance()
    paper.expire()
    assert paper.balance() == before
    assert paper.expire() == 0
    assert paper.balance() == before


@given(st.lists(MOVES, max_size=25), st.lists(st.integers(1, 9), max_size=10))
def test_the_forecast_is_what_comes_true_when_nothing_else_happens(moves: Moves, steps: list[int]) -> None:
    paper = play(moves)
    forecast = paper.balance(paper.day + sum(steps))
    for days in steps:
        paper.day += days
        paper.expire()
    assert paper.balance() == forecast


@given(st.lists(MOVES, max_size=20), AMOUNTS)
def test_taking_and_giving_all_of_it_back_restores_every_lot(moves: Moves, amount: int) -> None:
    paper = play(moves)
    before = by_lot(paper.entries, paper.lots, as_of=paper.today)
    marks = len(paper.entries)
    if not paper.reserve(amount):
        assert len(paper.entries) == marks
        return
    taken = paper.entries[marks:]
    assert sum(entry.amount for entry in taken) == amount
    for step in (Step.CONSUME, Step.RETURN):
        for entry in taken:
            paper.write(next(lot for lot in paper.lots if lot.pk == entry.lot_id), step, entry.amount)
    assert by_lot(paper.entries, paper.lots, as_of=paper.today) == before


@given(st.lists(MOVES, max_size=20), st.lists(MOVES, max_size=20))
def test_what_was_known_then_does_not_change_by_what_became_known_later(moves: Moves, later: Moves) -> None:
    paper = play(moves)
    then, known_at, today = paper.balance(), paper.at, paper.today
    paper.day += 1
    for name, *arguments in later:
        if name == "wait":
            paper.day += arguments[0]
        else:
            getattr(paper, name)(*arguments)
    assert balance_of(paper.entries, paper.lots, as_of=today, known_at=known_at) == then


def test_what_is_reserved_survives_the_last_day_and_only_the_rest_expires() -> None:
    paper = Paper()
    paper.grant(10, 0, 5)
    paper.reserve(4)
    assert paper.balance(5) == Balance(Decimal(10), Decimal(4), Decimal(0), Decimal(0), Decimal(6))
    assert paper.balance(6) == Balance(Decimal(10), Decimal(4), Decimal(0), Decimal(6), Decimal(0))


def test_an_overdrawn_lot_expires_nothing_rather_than_less_than_nothing() -> None:
    lot = PlainLot(1, START, START, datetime(2027, 1, 1, tzinfo=UTC))
    entries = [
        PlainEntry(1, Decimal(2), Step.GRANT, lot.created_at, START),
        PlainEntry(1, Decimal(5), Step.RESERVE, lot.created_at, START),
    ]
    assert balance_of(entries, [lot], as_of=START + timedelta(days=9)) == Balance(
        granted=Decimal(2), reserved=Decimal(5), available=Decimal(-3)
    )


def test_lots_are_usable_from_first_to_last_day_soonest_to_expire_first() -> None:
    made = datetime(2027, 1, 1, tzinfo=UTC)
    ever = PlainLot(1, START, None, made)
    late = PlainLot(2, START, START + timedelta(days=30), made)
    soon = PlainLot(3, START + timedelta(days=2), START + timedelta(days=4), made)
    assert [lot.pk for lot in usable([ever, late, soon], on=START + timedelta(days=1))] == [2, 1]
    assert [lot.pk for lot in usable([ever, late, soon], on=START + timedelta(days=2))] == [3, 2, 1]
    assert [lot.pk for lot in usable([ever, late, soon], on=START + timedelta(days=4))] == [3, 2, 1]
    assert [lot.pk for lot in usable([ever, late, soon], on=START + timedelta(days=5))] == [2, 1]
