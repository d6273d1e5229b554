"""Reads of offers."""

from datetime import datetime

from django.db.models import QuerySet

from kith.care.gifts import GIVERS, GiftOption
from kith.care.offers.models import GiftOffer
from kith.care.preferences.queries import likes_of
from kith.kernel.money import Money


def visible_to(*, person_id: int) -> QuerySet[GiftOffer]:
    """Return the offers made to a person, newest first."""
    return GiftOffer.objects.filter(person_id=person_id).select_related("person").order_by("-id")


def open_offers(*, person_id: int, at: datetime) -> QuerySet[GiftOffer]:
    """Return offers a person may still choose from."""
    return visible_to(person_id=person_id).filter(chosen_at__isnull=True, until__gt=at)


def options(offer: GiftOffer, *, at: datetime) -> list[tuple[str, GiftOption]]:
    """Return (giver, option) pairs within the budget, those that fit the person's likes first."""
    likes = likes_of(person_id=offer.person_id, day=at.date())
    budget = Money(offer.budget, offer.currency)
    found = [
        (name, option)
        for name, giver in GIVERS.items()
        for option in giver.options(person=offer.person, likes=likes, budget=budget, at=at)
    ]
    return sorted(found, key=lambda pair: not pair[1].fits)
