"""Reads of offers."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from kith.care.gifts import GIVERS, GiftOption, Wants
from kith.care.offers.models import GiftOffer
from kith.care.preferences.queries import charities_of, dislikes_of, likes_of
from kith.kernel.money import Money
from kith.kernel.subjects import Subject

KIND = "gift-offer"


def visible_to(*, person_id: int) -> QuerySet[GiftOffer]:
    """Return the offers made to a person, newest first."""
    return GiftOffer.objects.filter(person_id=person_id).select_related("person").order_by("-id")


def open_offers(*, person_id: int, at: datetime) -> QuerySet[GiftOffer]:
    """Return offers a person may still choose from."""
    return visible_to(person_id=person_id).filter(chosen_at__isnull=True, until__gt=at)


def options(offer: GiftOffer, *, at: datetime) -> list[tuple[str, GiftOption]]:
    """Return (giver, option) pairs within the budget, those that fit the person's likes first."""
    day = at.date()
    wants = Wants(
        likes=likes_of(person_id=offer.person_id, day=day), avoids=dislikes_of(person_id=offer.person_id, day=day),
        charities=charities_of(person_id=offer.person_id, day=day),
    )  # fmt: skip
    budget = Money(offer.budget, offer.currency)
    found = [
        (name, option)
        for name, giver in GIVERS.items()
        for option in giver.options(person=offer.person, wants=wants, budget=budget, at=at)
    ]
    return sorted(found, key=lambda pair: not pair[1].fits)


def notes(offer: GiftOffer, *, at: datetime) -> list[str]:
    """Return what narrows the choice, and why."""
    budget = Money(offer.budget, offer.currency)
    said = (giver.note(person=offer.person, budget=budget, at=at) for giver in GIVERS)
    return [sentence for sentence in said if sentence]


def chosen_in(*, run_ids: Collection[int]) -> set[int]:
    """Return the runs of which the gift that was offered was chosen."""
    rows = GiftOffer.objects.filter(run_id__in=run_ids, chosen_at__isnull=False)
    return set(rows.values_list("run_id", flat=True))


def worth_of(subject: Subject) -> Money | None:
    """Return what an offer (`gift-offer:7`) is worth at most, None where there is none."""
    found = GiftOffer.objects.filter(pk=subject.id).first() if subject.kind == KIND else None
    return Money(found.budget, found.currency) if found else None
