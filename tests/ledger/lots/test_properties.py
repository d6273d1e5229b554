"""Whatever is asked of the real ledger, the invariants hold and it agrees with the arithmetic."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.kernel.invariants import INVARIANTS
from kith.kernel.refusals import Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots import actions
from kith.ledger.lots.balances import Balance
from kith.ledger.lots.models import Entry, Lot
from kith.ledger.lots.queries import available_many, balance
from kith.ledger.lots.tasks import end_lots
from tests.ledger.make import ANN, AT, LEAVE, LOAN

pytestmark = pytest.mark.django_db
ORDERS = st.integers(1, 3)
AMOUNTS = st.integers(1, 30)
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("grant"), AMOUNTS, st.integers(-5, 10), st.none() | st.integers(0, 20)),
        st.tuples(st.just("reserve"), AMOUNTS, ORDERS, st.integers(0, 8)),
        st.tuples(st.just("consume"), ORDERS),
        st.tuples(st.just("release"), ORDERS),
        st.tuples(st.just("give_back"), AMOUNTS, ORDERS),
        st.tuples(st.just("wait"), st.integers(1, 9)),
    ),
    min_size=1, max_size=18,
)  # fmt: skip


class Rolled(Exception):  # noqa: N818
    """Undoes an example."""


def act(kind: str, move: tuple[Any, ...], at: datetime) -> None:
    name, *given_ = move
    if name == "grant":
        amount, begins, lasts = given_
        since = at.date() + timedelta(days=begins)
        until = None if lasts is None else since + timedelta(days=lasts)
        actions.grant(holder=ANN, kind=kind, amount=Decimal(amount), valid_from=since, expires_on=until, at=at)
    elif name == "reserve":
        amount, order, ahead = given_
        actions.reserve(
            holder=ANN, kind=kind, amount=Decimal(amount), reference=Subject("order", order), at=at,
            on=at.date() + timedelta(days=ahead),
        )  # fmt: skip
    elif name == "give_back":
        amount, order = given_
        actions.give_back(reference=Subject("order", order), amount=Decimal(amount), at=at)
    elif name in {"consume", "release"}:
        {"consume": actions.consume, "release": actions.release}[name](reference=Subject("order", given_[0]), at=at)


def look(kind: str, day: date) -> Balance:
    found = balance(holder=ANN, kind=kind, as_of=day)
    assert found.granted == found.reserved + found.consumed + found.expired + found.available
    assert available_many(kind=kind, holders=[ANN], as_of=day) == {ANN: found.available}
    return found


@pytest.mark.parametrize("kind", [LEAVE, LOAN])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_any_sequence_of_steps_leaves_the_ledger_whole(kind: str, moves: list[tuple[Any, ...]]) -> None:
    at = AT
    try:
        with transaction.atomic():
            for move in moves:
                if move[0] == "wait":
                    at += timedelta(days=move[1])
                    end_lots.run(at)
                    continue
                before = Entry.objects.count()
                try:
                    act(kind, move, at)
                except Refusal:
                    assert Entry.objects.count() == before
            for name, rule in INVARIANTS.items():
                assert not (name.startswith("ledger.") and rule.breaches())
            found = look(kind, at.date())
            if kind == LEAVE:
                assert found.available >= 0
            forecast = look(kind, at.date() + timedelta(days=60))
            if kind == LEAVE:
                for days in range(1, 63):
                    end_lots.run(at + timedelta(days=days))
                assert look(kind, at.date() + timedelta(days=60)) == forecast
            raise Rolled  # noqa: TRY301  (the example is undone)
    except Rolled:
        assert Lot.objects.count() == 0
