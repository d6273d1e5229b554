"""What of the gifts of a year is income, by the rule of a country: pure, and read from data that names its source."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).with_name("thresholds.json")
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Threshold:
    """Up to `amount` a gift or a year is free; above it the `excess` is income, or `all` of it. `until` is included."""

    country: str
    since: date
    until: date | None
    per: str
    amount: Decimal
    currency: str
    effect: str
    rule: str
    source: str


@dataclass(frozen=True)
class Worth:
    """A gift of a person: on which day, worth how much."""

    day: date
    amount: Decimal
    currency: str


@lru_cache(maxsize=1)
def thresholds() -> tuple[Threshold, ...]:
    """Return every rule there is."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))["rules"]
    return tuple(
        Threshold(
            **{
                **row,
                "since": date.fromisoformat(row["since"]),
                "until": date.fromisoformat(row["until"]) if row["until"] else None,
                "amount": Decimal(row["amount"]),
            }
        )
        for row in rows
    )


def threshold_of(*, country: str, day: date) -> Threshold | None:
    """Return the rule of a country on a day, None where none is known."""
    for each in thresholds():
        if each.country == country and each.since <= day and (each.until is None or day <= each.until):
            return each
    return None


def taxable(gifts: Sequence[Worth], rule: Threshold) -> list[Decimal | None]:
    """Return what of each of a person's gifts of a year is income; None where its currency is not the rule's.

    By the year gifts use up the allowance in the order of their days.
    """
    ours = [gift if gift.currency == rule.currency else None for gift in gifts]
    if rule.per == "gift":
        return [None if gift is None else _above(gift.amount, rule) for gift in ours]
    whole = sum((gift.amount for gift in ours if gift is not None), NOTHING)
    if rule.effect == "all":
        over = whole > rule.amount
        return [None if gift is None else gift.amount if over else NOTHING for gift in ours]
    found: list[Decimal | None] = [None] * len(gifts)
    spent = NOTHING
    for at in sorted(range(len(gifts)), key=lambda each: gifts[each].day):
        gift = ours[at]
        if gift is not None:
            before, spent = spent, spent + gift.amount
            found[at] = max(NOTHING, spent - rule.amount) - max(NOTHING, before - rule.amount)
    return found


def _above(amount: Decimal, rule: Threshold) -> Decimal:
    if amount <= rule.amount:
        return NOTHING
    return amount if rule.effect == "all" else amount - rule.amount
