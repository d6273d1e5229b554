"""Money: a decimal amount with its ISO 4217 currency, and the one rounding module."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision


class CurrencyMismatchError(ValueError):
    """Two amounts of different currencies were added or compared."""


def minor_unit(currency: str) -> Decimal:
    """Return the smallest amount of `currency`: 0.01 for EUR, 1 for VND and JPY (CLDR digits)."""
    return Decimal(1).scaleb(-get_currency_precision(currency))


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency. Arithmetic never rounds; `rounded()` does, half away from zero."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            message = f"Money takes a Decimal, not {type(self.amount).__name__}."
            raise TypeError(message)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            message = f"{self.currency} and {other.currency} cannot be combined."
            raise CurrencyMismatchError(message)

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        return Money(self.amount * factor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount < other.amount

    def __le__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount <= other.amount

    def __bool__(self) -> bool:
        return self.amount != 0

    def rounded(self) -> "Money":
        """Return the amount in whole minor units."""
        unit = minor_unit(self.currency)
        return Money(self.amount.quantize(unit, rounding=ROUND_HALF_UP), self.currency)

    def allocate(self, weights: Sequence[Decimal | int]) -> list["Money"]:
        """Split a rounded amount by `weights` (≥ 0) so that the parts sum to it exactly.

        Largest remainder: every part gets its share rounded towards zero, what is left goes unit by unit to
        the largest remainders, earlier parts first on a tie. All weights zero: the first part takes all.
        """
        unit = minor_unit(self.currency)
        total = sum((Decimal(weight) for weight in weights), Decimal(0))
        if not weights:
            return []
        shares = [self.amount * weight / total for weight in weights] if total else [
            self.amount, *[Decimal(0)] * (len(weights) - 1)]  # fmt: skip
        parts = [share.quantize(unit, rounding=ROUND_DOWN) for share in shares]
        left = int((self.amount - sum(parts)) / unit)
        order = sorted(range(len(parts)), key=lambda i: (-abs(shares[i] - parts[i]), i))
        step = unit if left > 0 else -unit
        for index in order[: abs(left)]:
            parts[index] += step
        return [Money(part, self.currency) for part in parts]


def zero(currency: str) -> Money:
    """Return no money of `currency`."""
    return Money(Decimal(0), currency)


def total(amounts: Sequence[Money], currency: str) -> Money:
    """Return the sum of `amounts`, zero `currency` for none."""
    return sum(amounts, zero(currency))
