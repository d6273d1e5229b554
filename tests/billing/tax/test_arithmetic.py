"""Tax is the tax of the category's sum; prices that include it lose no cent; credit notes negate exactly."""

from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kith.billing.tax.arithmetic import Rate, Sums, sums, taken_back
from kith.kernel.texts import Text

TEN = Rate("standard", "S", Decimal(10), Text(), Text())
NINETEEN = Rate("standard", "S", Decimal(19), Text(), Text())
SEVEN = Rate("reduced", "S", Decimal(7), Text(), Text())
ZERO = Rate("zero", "Z", Decimal(0), Text(), Text())
D = Decimal


def test_the_category_is_rounded_once_not_each_line() -> None:
    found = sums([(D("0.99"), NINETEEN)] * 3, currency="EUR")

    assert (found.net, found.tax, found.rounding, found.total) == (D("2.50"), D("0.48"), D("-0.01"), D("2.97"))
    assert found.lines == (D("0.84"), D("0.83"), D("0.83"))  # by line it would be 3 × 0.83 = 2.49


def test_each_rate_has_its_own_sum() -> None:
    found = sums([(D("119.00"), NINETEEN), (D("107.00"), SEVEN), (D("5.00"), ZERO)], currency="EUR")

    assert [(c.rate.code, c.base, c.tax) for c in found.categories] == [
        ("zero", D("5.00"), D("0.00")), ("reduced", D("100.00"), D("7.00")), ("standard", D("100.00"), D("19.00"))
    ]  # fmt: skip


def test_a_currency_without_cents_has_none() -> None:
    found = sums([(D(150000), TEN)], currency="VND")

    assert (found.net, found.tax, found.rounding) == (D(136364), D(13636), D(0))


rates = st.sampled_from([NINETEEN, SEVEN, ZERO])
lines = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 99999), rates), min_size=1, max_size=6)


def _sums(rows: list[tuple[int, int, Rate]]) -> Sums:
    return sums([(D(quantity) * D(cents) / 100, rate) for quantity, cents, rate in rows], currency="EUR")


@given(lines)
def test_every_bill_adds_up(rows: list[tuple[int, int, Rate]]) -> None:
    found = _sums(rows)

    assert found.total == sum(D(q) * D(c) / 100 for q, c, _r in rows)
    assert found.net + found.tax + found.rounding == found.total
    assert sum(found.lines) == found.net
    assert abs(found.rounding) <= D("0.01") * len(found.categories)
    for category in found.categories:
        assert abs(category.tax - category.base * category.rate.percent / 100) <= D("0.005")


@settings(max_examples=60)
@given(lines, st.integers(0, 9999))
def test_credit_notes_in_any_portions_add_up_to_the_exact_negation(rows: list, seed: int) -> None:
    random = Random(seed)
    bill = _sums(rows)
    left = [list(row) for row in rows]
    notes = []
    while any(quantity for quantity, _c, _r in left):
        back = []
        before = _sums([tuple(row) for row in left])
        for row in left:
            taken = random.randint(0, row[0])
            row[0] -= taken
            if taken:
                back.append((-D(taken) * D(row[1]) / 100, row[2]))
        if back:
            notes.append(taken_back(before, _sums([tuple(row) for row in left]), back, currency="EUR"))

    assert sum(note.total for note in notes) == -bill.total
    assert sum(note.net for note in notes) == -bill.net
    assert sum(note.tax for note in notes) == -bill.tax
    assert sum(note.rounding for note in notes) == -bill.rounding
    assert all(sum(note.lines) == note.net for note in notes)
