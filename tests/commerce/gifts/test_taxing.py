"""Allowances by the gift and by the year, as pure arithmetic."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.commerce.gifts.taxing import Threshold, Worth, taxable, threshold_of, thresholds

DAY = date(2026, 1, 1)
AMOUNTS = st.lists(st.integers(1, 500).map(Decimal), max_size=8)


def rule(per: str, effect: str, amount: str = "60") -> Threshold:
    return Threshold("DE", DAY, None, per, Decimal(amount), "EUR", effect, "rule", "source")


def worths(*amounts: Decimal | int, currency: str = "EUR") -> list[Worth]:
    return [Worth(DAY + timedelta(days=at), Decimal(each), currency) for at, each in enumerate(amounts)]


@pytest.mark.parametrize(
    ("per", "effect", "amounts", "income"),
    [
        ("gift", "all", (60, 61, 10), [0, 61, 0]),
        ("gift", "excess", (60, 61, 10), [0, 1, 0]),
        ("year", "all", (40, 20), [0, 0]),
        ("year", "all", (40, 21), [40, 21]),
        ("year", "excess", (40, 40, 5), [0, 20, 5]),
    ],
)
def test_vectors(per: str, effect: str, amounts: tuple[int, ...], income: list[int]) -> None:
    assert taxable(worths(*amounts), rule(per, effect)) == income


@settings(deadline=None)
@given(AMOUNTS, st.integers(0, 1000).map(Decimal))
def test_the_excess_of_a_year_is_what_lies_above_whatever_the_order(amounts: list[Decimal], allowance: Decimal) -> None:
    gifts = worths(*amounts)
    asked = rule("year", "excess", str(allowance))
    found = [each for each in taxable(gifts, asked) if each is not None]
    assert sum(found) == max(Decimal(0), sum(amounts, Decimal(0)) - allowance)
    backwards = taxable(gifts[::-1], asked)
    assert backwards[::-1] == found


def test_another_currency_is_left_open() -> None:
    assert taxable(worths(500, currency="USD"), rule("gift", "all")) == [None]


def test_every_rule_names_its_source_and_holds_on_one_day_at_most_once() -> None:
    for each in thresholds():
        assert each.source
        assert each.rule
        assert each.per in {"gift", "year"}
        assert each.effect in {"all", "excess"}
        assert threshold_of(country=each.country, day=each.since) == each
        assert threshold_of(country=each.country, day=each.since - timedelta(days=1)) is None
    assert threshold_of(country="ZZ", day=DAY) is None
