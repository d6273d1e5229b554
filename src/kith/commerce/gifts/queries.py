"""Reads of gifts: what may be given, what was given, how much is left."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from kith.commerce.gifts.kinds import budget_kind
from kith.commerce.gifts.models import Donation, Gift, GiftPolicy, Given
from kith.commerce.gifts.rules import GiftLike, fitting
from kith.kernel.money import Money
from kith.kernel.subjects import Subject
from kith.ledger.lots.queries import balance
from kith.supply.stock.models import StockLevel

NOTHING = Decimal(0)


def catalogue(*, warehouse_id: int) -> QuerySet[Gift]:
    """Return the gifts that can be given: active, and of which something is `available` in a warehouse."""
    level = StockLevel.objects.filter(item_id=OuterRef("product__item_id"), warehouse_id=warehouse_id)
    available = Coalesce(Subquery(level.values(left=F("on_hand") - F("reserved"))[:1], output_field=IntegerField()), 0)
    gifts = Gift.objects.filter(is_active=True, product__is_active=True).annotate(available=available)
    return gifts.filter(available__gt=0).select_related("product", "product__item").order_by("id")


def policy_of(*, organization_id: int) -> GiftPolicy | None:
    """Return what a company gives at most, None where nothing was decided."""
    return GiftPolicy.objects.filter(organization_id=organization_id).first()


def given_in(*, person_id: int, year: int, currency: str) -> Money:
    """Return what a person was given in a calendar year."""
    rows = Given.objects.filter(person_id=person_id, year=year, currency=currency).exclude(order__status="cancelled")
    donated = Donation.objects.filter(person_id=person_id, year=year, currency=currency)
    given = rows.aggregate(sum=Sum("cost"))["sum"] or NOTHING
    return Money(given + (donated.aggregate(sum=Sum("amount"))["sum"] or NOTHING), currency)


def budget_left(*, holder: Subject, currency: str, day: date) -> Money:
    """Return what a budget's holder (`unit:5`) may still give on `day`."""
    return Money(balance(holder=holder, kind=budget_kind(currency), as_of=day).available, currency)


def suggestions(
    *, warehouse_id: int, organization_id: int, likes: Collection[str], country: str, limit: int = 5
) -> list[GiftLike]:
    """Return gifts that fit a person's likes within the company's cap for one gift, the best first."""
    policy = policy_of(organization_id=organization_id)
    if policy is None:
        return []
    gifts = catalogue(warehouse_id=warehouse_id)
    return fitting(gifts, likes=likes, country=country, currency=policy.currency, at_most=policy.cap_a_gift)[:limit]
