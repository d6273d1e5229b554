"""Many hands at once on something scarce: exactly what there is gets taken."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connections

from kith.kernel.invariants import INVARIANTS
from kith.kernel.refusals import Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots import actions, locks
from kith.ledger.lots.models import Lot
from kith.ledger.lots.queries import balance
from tests.ledger.make import ANN, AT, LEAVE, d, lot

pytestmark = pytest.mark.django_db(transaction=True)


def rush(takers: int) -> int:
    """Let `takers` threads reserve one each at the same moment; return how many got it."""
    start = Barrier(takers)

    def one(number: int) -> bool:
        try:
            start.wait(timeout=60)
            actions.reserve(holder=ANN, kind=LEAVE, amount=d(1), reference=Subject("order", number), at=AT)
        except Refusal:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(takers) as pool:
        return sum(pool.map(one, range(1, takers + 1)))


def unlocked(*, holder: str, kind: str) -> list[Lot]:
    return list(Lot.objects.filter(holder=holder, kind=kind).order_by("id"))


@pytest.mark.parametrize(("takers", "there"), [(50, 1), (60, 10)])
def test_exactly_as_many_get_one_as_there_are(takers: int, there: int) -> None:
    lot(there)
    assert rush(takers) == there
    assert balance(holder=ANN, kind=LEAVE, as_of=AT.date()).available == 0
    assert not any(rule.breaches() for name, rule in INVARIANTS.items() if name.startswith("ledger."))


def test_the_lot_of_a_new_holder_is_made_once_however_many_ask() -> None:
    with ThreadPoolExecutor(12) as pool:

        def one(_: int) -> int:
            try:
                return lot(5, source="annual", once=True).pk
            finally:
                connections.close_all()

        assert len(set(pool.map(one, range(12)))) == 1
    assert balance(holder=ANN, kind=LEAVE, as_of=AT.date()).available == 5


def test_negative_control_without_the_locks_the_same_thing_is_taken_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """If this one cannot oversell, the tests above prove nothing."""
    lot(1)
    together = Barrier(4)
    plain = actions.unused_by_lot

    def all_have_looked(lots: list[Lot]) -> dict[int, Decimal]:
        found = plain(lots)
        together.wait(timeout=30)
        return found

    monkeypatch.setattr(locks, "hold", unlocked)
    monkeypatch.setattr(actions, "unused_by_lot", all_have_looked)
    assert rush(4) == 4
    assert INVARIANTS.get("ledger.no-lot-below-zero").breaches()


def test_taking_and_giving_back_at_once_never_deadlocks() -> None:
    for kind_lot in range(3):
        lot(50, source=f"s{kind_lot}")

    def one(number: int) -> None:
        reference = Subject("order", number)
        try:
            actions.reserve(holder=ANN, kind=LEAVE, amount=d(3), reference=reference, at=AT)
            actions.consume(reference=reference, at=AT)
            actions.give_back(reference=reference, amount=d(2), at=AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(one, range(40)))
    found = balance(holder=ANN, kind=LEAVE, as_of=AT.date())
    assert (found.consumed, found.reserved, found.available) == (40, 0, 110)
