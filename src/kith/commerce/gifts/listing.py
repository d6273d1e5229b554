"""What the gift desk shows: budgets with what is left, charities, the catalogue, and the gifts of a year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from kith.commerce.gifts.kinds import budget_kind
from kith.commerce.gifts.limits import pot_subject
from kith.commerce.gifts.models import Charity, Gift, GiftPolicy, GiftPot
from kith.commerce.gifts.reporting import report
from kith.kernel.money import Money
from kith.ledger.lots.queries import available_many


@dataclass(frozen=True)
class ShownPot:
    """A budget, and how much of it is left."""

    pot: GiftPot
    left: Money
    cap_a_gift: Money
    cap_a_year: Money


def pots(*, day: date) -> list[ShownPot]:
    """Return the budgets with what is left; one query, and one for each currency."""
    rows = list(GiftPot.objects.select_related("organization").order_by("organization_id", "country", "level"))
    left: dict[int, Decimal] = {}
    for currency in {pot.currency for pot in rows}:
        holders = {pot_subject(pot): pot.pk for pot in rows if pot.currency == currency}
        found = available_many(kind=budget_kind(currency), holders=list(holders), as_of=day)
        left |= {key: found.get(holder, Decimal(0)) for holder, key in holders.items()}
    return [
        ShownPot(
            pot, Money(left[pot.pk], pot.currency), Money(pot.cap_a_gift, pot.currency),
            Money(pot.cap_a_year, pot.currency),
        )
        for pot in rows
    ]  # fmt: skip


def policies() -> QuerySet[GiftPolicy]:
    """Return what the companies give where no budget is nearer."""
    return GiftPolicy.objects.select_related("organization").order_by("organization_id")


def charities() -> QuerySet[Charity]:
    """Return the charities, those on offer first."""
    return Charity.objects.order_by("-is_active", "name")


def gifts() -> QuerySet[Gift]:
    """Return the catalogue, what may be given first."""
    return Gift.objects.select_related("product", "product__item").order_by("-is_active", "id")


@dataclass
class YearSum:
    """What went to a country in a currency: how many gifts, their worth, what of it is income, what is left open."""

    country: str
    currency: str
    rule: str
    source: str
    count: int = 0
    worth: Decimal = Decimal(0)
    income: Decimal = Decimal(0)
    unknown: int = 0


def of_year(*, year: int) -> list[YearSum]:
    """Return the sums of a calendar year by country and currency."""
    found: dict[tuple[str, str], YearSum] = {}
    for row in report(year=year):
        rule = row.rule
        known = found.setdefault(
            (row.country, row.currency),
            YearSum(row.country, row.currency, rule.rule if rule else "", rule.source if rule else ""),
        )
        known.count += 1
        known.worth += row.amount
        known.income += row.income or Decimal(0)
        known.unknown += row.income is None
    return list(found.values())
