"""Tax by category on prices that include it: pure arithmetic after EN 16931.

For each category and rate the gross amounts are summed, the base is the rounded gross without tax, the tax is
the rounded base times rate (BR-CO-17), and what whole cents leave over goes to the rounding amount (BT-114), so
that base + tax + rounding is what the customer was told. Bases are shared out to the lines by largest remainder,
so that lines add up to the net sum (BR-CO-10).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kith.kernel.money import Money
from kith.kernel.texts import Text

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Rate:
    """A tax code with its category (UNCL 5305), rate in percent, label and reason of not charging any."""

    code: str
    category: str
    percent: Decimal
    label: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class CategorySum:
    """The sum of one rate: what was charged (gross), the base, the tax; gross - base - tax is rounding."""

    rate: Rate
    gross: Decimal
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Sums:
    """All sums of a bill, and the net amount of each line in its order. net + tax + rounding = total."""

    lines: tuple[Decimal, ...]
    categories: tuple[CategorySum, ...]

    @property
    def net(self) -> Decimal:
        """The sum of the bases."""
        return sum((each.base for each in self.categories), NOTHING)

    @property
    def tax(self) -> Decimal:
        """The sum of the taxes."""
        return sum((each.tax for each in self.categories), NOTHING)

    @property
    def total(self) -> Decimal:
        """What is to be paid."""
        return sum((each.gross for each in self.categories), NOTHING)

    @property
    def rounding(self) -> Decimal:
        """What is left over between total and net plus tax."""
        return self.total - self.net - self.tax


def category_sum(rate: Rate, gross: Decimal, *, currency: str) -> CategorySum:
    """Return base and tax of a gross sum in whole minor units; a negative sum gives the exact negation."""
    base = Money(gross * 100 / (100 + rate.percent), currency).rounded().amount
    tax = Money(base * rate.percent / 100, currency).rounded().amount
    return CategorySum(rate=rate, gross=gross, base=base, tax=tax)


def sums(lines: Sequence[tuple[Decimal, Rate]], *, currency: str) -> Sums:
    """Return the sums of lines (gross amount in whole minor units, rate); categories in order of percent and code."""
    by_rate: dict[tuple[Decimal, str], list[int]] = {}
    for index, (_gross, rate) in enumerate(lines):
        by_rate.setdefault((rate.percent, rate.code), []).append(index)
    nets = [NOTHING] * len(lines)
    categories = []
    for _key, indexes in sorted(by_rate.items()):
        gross = sum((lines[index][0] for index in indexes), NOTHING)
        category = category_sum(lines[indexes[0]][1], gross, currency=currency)
        categories.append(category)
        for index, net in zip(
            indexes, share(category.base, [lines[i][0] for i in indexes], currency=currency), strict=True
        ):
            nets[index] = net
    return Sums(lines=tuple(nets), categories=tuple(categories))


def share(base: Decimal, gross: Sequence[Decimal], *, currency: str) -> list[Decimal]:
    """Share a base out to lines by their gross amounts, exactly."""
    return [part.amount for part in Money(base, currency).allocate([abs(amount) for amount in gross])]


def taken_back(before: Sums, after: Sums, lines: Sequence[tuple[Decimal, Rate]], *, currency: str) -> Sums:
    """Return the (negative) sums of a credit note that leads from `before` to `after`.

    `lines` are the gross amounts taken back, negative. Categories are differences, so that any row of credit
    notes adds up to the exact negation of the bill once everything is taken back.
    """
    left = {(each.rate.percent, each.rate.code): each for each in after.categories}
    categories = []
    nets = [NOTHING] * len(lines)
    for each in before.categories:
        key = (each.rate.percent, each.rate.code)
        then = left.get(key) or CategorySum(each.rate, NOTHING, NOTHING, NOTHING)
        indexes = [i for i, (_gross, rate) in enumerate(lines) if (rate.percent, rate.code) == key]
        if not indexes:
            continue
        change = CategorySum(each.rate, then.gross - each.gross, then.base - each.base, then.tax - each.tax)
        categories.append(change)
        for index, net in zip(
            indexes, share(change.base, [lines[i][0] for i in indexes], currency=currency), strict=True
        ):
            nets[index] = net
    return Sums(lines=tuple(nets), categories=tuple(categories))
