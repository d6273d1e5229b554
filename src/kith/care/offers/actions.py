"""Writes of offers: choosing a gift, once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.care.gifts import GIVERS
from kith.care.offers.models import GiftOffer
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject


def choose(*, offer: GiftOffer, giver: str, key: str, ship_to: str, at: datetime) -> GiftOffer:
    """Choose a gift; it is ordered at no price to the person. A second choice is refused, the first stays."""
    if giver not in GIVERS:
        raise BadInput(_("This gift is not on the list."), field="gift")
    if GIVERS.get(giver).needs_address and not ship_to.strip():
        raise BadInput(_("Say where the gift shall go."), field="ship_to")
    with transaction.atomic():
        kept = GiftOffer.objects.select_for_update(of=("self",)).select_related("person").get(pk=offer.pk)
        if kept.chosen_at is not None:
            raise Refusal(_("You have chosen already; your gift is on its way."))
        if at >= kept.until:
            raise Refusal(_("The time to choose is over."))
        gift = GIVERS.get(giver).give(
            person=kept.person, key=key, ship_to=ship_to.strip()[:500], offer=Subject("gift-offer", kept.pk), at=at
        )
        kept.chosen_at, kept.gift = at, str(gift)
        kept.save(update_fields=["chosen_at", "gift"])
    return kept


def close_open(*, person_id: int, at: datetime) -> int:
    """Let the time to choose be over for everything a person may still choose; return how many offers."""
    return GiftOffer.objects.filter(person_id=person_id, chosen_at__isnull=True, until__gt=at).update(until=at)
