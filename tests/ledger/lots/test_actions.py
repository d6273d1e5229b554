"""Giving, setting aside, using and returning, on real rows."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kith.kernel.invariants import INVARIANTS
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots.actions import adjust, consume, give_back, grant, grant_many, release, reserve
from kith.ledger.lots.balances import Balance
from kith.ledger.lots.models import Entry, Lot
from kith.ledger.lots.queries import available_many, balance, entries, held_for, lots_left
from kith.ledger.lots.steps import Step
from kith.ledger.lots.tasks import end_lots, expire
from tests.ledger.make import ANN, AT, LEAVE, LOAN, MONEY, ORDER, d, lot

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def left(kind: str = LEAVE, on: date = TODAY) -> Decimal:
    return balance(holder=ANN, kind=kind, as_of=on).available


def take(
    amount: int, *, reference: Subject = ORDER, kind: str = LEAVE, on: date | None = None, at: datetime = AT
) -> None:
    reserve(holder=ANN, kind=kind, amount=d(amount), reference=reference, at=at, on=on)


def by_lot(step: Step) -> dict[int, Decimal]:
    return dict(Entry.objects.filter(step=step).values_list("lot_id", "amount"))


def whole() -> list[str]:
    return [breach for name, rule in INVARIANTS.items() if name.startswith("ledger.") for breach in rule.breaches()]


def test_taking_begins_with_the_lot_that_expires_soonest_and_comes_back_where_it_came_from() -> None:
    ever, late, soon = lot(10), lot(10, until=date(2027, 12, 31)), lot(10, until=date(2027, 3, 31))
    take(25)
    assert by_lot(Step.RESERVE) == {soon.pk: 10, late.pk: 10, ever.pk: 5}
    assert consume(reference=ORDER, at=AT) == 25
    give_back(reference=ORDER, amount=d(7), at=AT)
    assert by_lot(Step.RETURN) == {ever.pk: 5, late.pk: 2}
    assert balance(holder=ANN, kind=LEAVE, as_of=TODAY) == Balance(
        granted=d(30), reserved=d(0), consumed=d(18), expired=d(0), available=d(12)
    )
    assert [(item.lot.pk, item.balance.available) for item in lots_left(holder=ANN, kind=LEAVE, as_of=TODAY)] == [
        (late.pk, 2), (ever.pk, 10),
    ]  # fmt: skip
    assert whole() == []


def test_whoever_asks_for_more_than_is_left_is_refused_and_nothing_changes() -> None:
    lot(10)
    with pytest.raises(Refusal, match=r"There is not enough left: 10 of 11\."):
        take(11)
    assert left() == 10
    take(10)
    with pytest.raises(Refusal):
        take(1, reference=Subject("order", 2))
    assert left() == 0


def test_consume_and_release_a_second_time_do_nothing() -> None:
    lot(10)
    take(4)
    assert (consume(reference=ORDER, at=AT), consume(reference=ORDER, at=AT)) == (4, 0)
    assert release(reference=ORDER, at=AT) == 0
    assert left() == 6
    take(3, reference=Subject("order", 2))
    assert release(reference=Subject("order", 2), at=AT) == 3
    assert left() == 6
    assert held_for(reference=ORDER) == {LEAVE: Balance(consumed=d(4))}


def test_no_more_comes_back_than_was_used() -> None:
    lot(10)
    take(4)
    with pytest.raises(Refusal):
        give_back(reference=ORDER, amount=d(1), at=AT)
    consume(reference=ORDER, at=AT)
    give_back(reference=ORDER, amount=d(3), at=AT)
    with pytest.raises(Refusal, match="More would come back than was used"):
        give_back(reference=ORDER, amount=d(2), at=AT)
    assert left() == 9


def test_a_reference_over_two_kinds_is_consumed_at_once_and_returned_by_kind() -> None:
    lot(10)
    lot(20, kind=MONEY)
    take(4)
    reserve(holder=ANN, kind=MONEY, amount=Decimal("7.50"), reference=ORDER, at=AT)
    consume(reference=ORDER, at=AT)
    with pytest.raises(ValueError, match="say which kind"):
        give_back(reference=ORDER, amount=d(1), at=AT)
    give_back(reference=ORDER, amount=Decimal("0.01"), at=AT, kind=MONEY)
    assert (left(), left(MONEY)) == (6, Decimal("12.51"))


@pytest.mark.parametrize("amount", ["0", "-1", "1.5", "NaN", "Infinity", "1e15"])
def test_an_amount_is_positive_and_whole(amount: str) -> None:
    with pytest.raises(BadInput):
        grant(holder=ANN, kind=LEAVE, amount=Decimal(amount), valid_from=TODAY, at=AT)
    assert Lot.objects.count() == 0


def test_money_is_whole_in_its_minor_unit() -> None:
    with pytest.raises(BadInput, match=r"multiple of 0\.01"):
        grant(holder=ANN, kind=MONEY, amount=Decimal("1.005"), valid_from=TODAY, at=AT)


def test_an_unknown_kind_is_a_programming_error() -> None:
    with pytest.raises(LookupError):
        lot(1, kind="nothing-of-the-kind")


def test_use_on_a_later_day_counts_at_once_and_takes_only_lots_valid_that_day() -> None:
    lot(10, until=date(2027, 3, 31))
    december = lot(5, since=date(2027, 12, 1))
    take(5, on=date(2027, 12, 20))
    assert by_lot(Step.RESERVE) == {december.pk: 5}
    with pytest.raises(Refusal):
        take(1, on=date(2027, 12, 21), reference=Subject("order", 2))
    assert left() == 10


def test_what_is_left_after_the_last_day_expires_whether_or_not_the_tick_ran() -> None:
    last = date(2027, 3, 31)
    lot(10, until=last)
    take(4)
    after = last + timedelta(days=1)
    assert (left(on=last), left(on=after)) == (6, 0)
    before = balance(holder=ANN, kind=LEAVE, as_of=after)
    at = AT.replace(month=4, day=2)
    assert (expire(at=at), expire(at=at)) == (1, 0)
    assert balance(holder=ANN, kind=LEAVE, as_of=after) == before == Balance(granted=d(10), reserved=d(4), expired=d(6))
    release(reference=ORDER, at=at)
    assert left(on=at.date()) == 0
    assert expire(at=at) == 1
    assert balance(holder=ANN, kind=LEAVE, as_of=at.date()).expired == 10
    assert whole() == []


def test_a_lot_has_not_ended_while_its_last_day_lasts_anywhere() -> None:
    lot(10, until=date(2027, 3, 31))
    assert expire(at=AT.replace(month=4, day=1, hour=11, minute=59)) == 0
    assert expire(at=AT.replace(month=4, day=1, hour=12)) == 1


def test_a_debt_is_carried_and_settled_by_the_next_lot_so_that_only_the_true_rest_expires() -> None:
    take(2, kind=LOAN)
    consume(reference=ORDER, at=AT)
    assert left(LOAN) == -2
    lot(10, kind=LOAN, until=date(2027, 3, 31))
    take(5, kind=LOAN, reference=Subject("order", 2))
    consume(reference=Subject("order", 2), at=AT)
    assert left(LOAN) == 3
    over = balance(holder=ANN, kind=LOAN, as_of=date(2027, 4, 1))
    assert (over.expired, over.available) == (3, 0)
    give_back(reference=ORDER, amount=d(2), at=AT)
    assert left(LOAN) == 5
    assert whole() == []


def test_a_debt_waits_for_a_lot_that_begins_later() -> None:
    take(2, kind=LOAN)
    lot(10, kind=LOAN, since=date(2027, 4, 1), until=date(2027, 12, 31))
    assert left(LOAN) == -2
    end_lots.run(AT.replace(month=4, day=1))
    assert left(LOAN, on=date(2027, 4, 1)) == 8
    assert balance(holder=ANN, kind=LOAN, as_of=date(2028, 1, 1)).expired == 8
    assert held_for(reference=ORDER) == {LOAN: Balance(reserved=d(2))}
    assert whole() == []


def test_adjusting_never_takes_what_is_in_use() -> None:
    given = lot(10)
    take(6)
    with pytest.raises(Refusal, match="used or reserved"):
        adjust(lot=given, amount=d(-5), reference=ORDER, at=AT, by_id=None)
    adjust(lot=given, amount=d(-4), reference=ORDER, at=AT, by_id=None)
    assert balance(holder=ANN, kind=LEAVE, as_of=TODAY) == Balance(granted=d(6), reserved=d(6))


def test_the_same_source_once() -> None:
    first, second = (lot(10, source="annual-2027", once=True) for _ in range(2))
    assert first == second
    assert left() == 10


def test_granting_to_many_leaves_out_who_has_it(django_assert_max_num_queries: Callable[..., Any]) -> None:
    lot(10, source="annual-2027")
    everybody = [Subject("person", number) for number in range(1, 301)]
    with django_assert_max_num_queries(8):
        given = grant_many(
            holders=everybody, kind=LEAVE, amount=d(10), valid_from=date(2027, 1, 1), source="annual-2027", at=AT
        )
    assert given == 299
    assert set(available_many(kind=LEAVE, holders=everybody, as_of=TODAY).values()) == {10}


def test_many_balances_in_one_query_agree_with_each_alone(django_assert_num_queries: Callable[..., Any]) -> None:
    lot(10, until=date(2027, 3, 31))
    lot(5, since=date(2027, 6, 1))
    take(4)
    consume(reference=ORDER, at=AT)
    nobody = Subject("person", 99)
    for on in (date(2026, 12, 31), TODAY, date(2027, 3, 31), date(2027, 4, 1), date(2027, 6, 1)):
        with django_assert_num_queries(1):
            found = available_many(kind=LEAVE, holders=[ANN, nobody], as_of=on)
        assert found == {ANN: left(on=on), nobody: 0}


def test_entries_are_listed_newest_first_with_who_did_it() -> None:
    lot(10)
    reserve(holder=ANN, kind=LEAVE, amount=d(4), reference=ORDER, at=AT + timedelta(hours=1), by_id=3)
    assert [(e.step, e.amount, e.by_id) for e in entries(holder=ANN, kind=LEAVE)] == [
        ("reserve", 4, 3), ("grant", 10, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("step", "amount", "answers"),
    [("grant", -1, False), ("adjust", 0, False), ("consume", 1, False), ("reserve", 1, True), ("borrow", 1, False)],
)
def test_the_database_refuses_an_entry_that_is_no_step(step: str, amount: int, *, answers: bool) -> None:
    given = lot(10)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            lot=given,
            amount=amount,
            step=step,
            at=AT,
            effective_on=TODAY,
            reverses=given.entries.get() if answers else None,
        )


def test_the_doctor_finds_what_could_not_have_come_about_by_actions() -> None:
    given = lot(10)
    reserved = Entry.objects.create(
        lot=given, amount=12, step=Step.RESERVE, at=AT, effective_on=TODAY, reference="order:1"
    )
    Entry.objects.create(
        lot=given, amount=13, step=Step.CONSUME, at=AT, effective_on=TODAY, reverses=reserved, reference="order:1"
    )
    assert len(whole()) == 3
