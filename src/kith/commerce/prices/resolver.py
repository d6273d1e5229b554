"""The price of a product for someone: one pure function, used by pages, baskets and orders alike.

Published precedence: the public list says what everybody pays; every other list whose audience includes the
buyer may only lower that; the lowest price wins, at the same price the list of higher priority, then the one
whose code comes first. So the order of anything never matters, and nobody ever pays more than the public price.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kith.kernel.money import Money
from kith.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class ListRules:
    """What the resolver needs of a price list; `is_public` marks the one list everybody has."""

    id: int
    code: str
    name: Text
    version: int = 1
    priority: int = 0
    is_public: bool = False
    percent_off: Decimal | None = None
    needs_quota: bool = False


@dataclass(frozen=True, slots=True)
class Tier:
    """A list's price of one unit from a quantity."""

    list_id: int
    min_quantity: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the explanation: what it is and what it adds (negative: takes off)."""

    label: Text
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Resolved:
    """A unit price with its explanation; the amounts of `steps` sum to `unit`."""

    public: Money
    unit: Money
    steps: tuple[Step, ...]
    price_list: ListRules

    @property
    def saved(self) -> Money:
        """What one unit is below the public price."""
        return self.public - self.unit

    @property
    def needs_quota(self) -> bool:
        """Whether each unit at this price takes from a quota."""
        return self.price_list.needs_quota


PUBLIC_PRICE = Text({"en": "Public price", "vi": "Giá công khai", "zh-Hans": "公开价格"})
FROM_QUANTITY = Text({"en": "From {n} pieces", "vi": "Từ {n} sản phẩm", "zh-Hans": "{n} 件起"})


def _tier(tiers: Sequence[Tier], list_id: int, quantity: int) -> Tier | None:
    fitting = [tier for tier in tiers if tier.list_id == list_id and tier.min_quantity <= quantity]
    return max(fitting, key=lambda tier: tier.min_quantity, default=None)


def _own_price(rules: ListRules, tiers: Sequence[Tier], *, quantity: int, public: Money) -> Decimal | None:
    """Return the price a list gives for a quantity: its own tier, else its percentage of the public price."""
    if (tier := _tier(tiers, rules.id, quantity)) is not None:
        return tier.amount
    if rules.percent_off is None:
        return None
    return Money(public.amount * (100 - rules.percent_off) / 100, public.currency).rounded().amount


def resolve(*, lists: Sequence[ListRules], tiers: Sequence[Tier], quantity: int, currency: str) -> Resolved | None:
    """Return the unit price of a product bought in `quantity`, None when the public list does not sell it.

    `lists` are those open to the buyer, the public one among them; `tiers` the product's prices in them.
    """
    everybody = next((rules for rules in lists if rules.is_public), None)
    if everybody is None or (tier := _tier(tiers, everybody.id, quantity)) is None:
        return None
    first = _tier(tiers, everybody.id, 1) or tier
    public = Money(tier.amount, currency)
    steps = [Step(PUBLIC_PRICE, first.amount)]
    if tier.amount != first.amount:
        label = Text({tag: words.replace("{n}", str(tier.min_quantity)) for tag, words in FROM_QUANTITY.items()})
        steps.append(Step(label, tier.amount - first.amount))
    best, chosen = public.amount, everybody
    for rules in sorted(lists, key=lambda each: (-each.priority, each.code)):
        own = None if rules.is_public else _own_price(rules, tiers, quantity=quantity, public=public)
        if own is not None and own < best:
            best, chosen = own, rules
    if best != public.amount:
        steps.append(Step(chosen.name, best - public.amount))
    return Resolved(public=public, unit=Money(best, currency), steps=tuple(steps), price_list=chosen)


def tier_table(*, lists: Sequence[ListRules], tiers: Sequence[Tier], currency: str) -> list[tuple[int, Resolved]]:
    """Return (from quantity, price) for each quantity at which the price changes, from one upwards."""
    rows: list[tuple[int, Resolved]] = []
    for quantity in sorted({1, *(tier.min_quantity for tier in tiers)}):
        found = resolve(lists=lists, tiers=tiers, quantity=quantity, currency=currency)
        if found is not None and (not rows or rows[-1][1].unit != found.unit):
            rows.append((quantity, found))
    return rows
