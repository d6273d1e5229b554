"""An offer as its page shows it."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.care.offers import queries
from kith.care.offers.models import GiftOffer
from kith.kernel.subjects import Subject, describe


def offer_context(offer: GiftOffer, *, at: datetime, ship_to: str = "", error: str = "") -> dict[str, Any]:
    """Return what the page of an offer needs: what may be chosen, what narrows it, and what was chosen."""
    subject = Subject.parse(offer.gift) if offer.gift else None
    options = [] if offer.chosen_at else queries.options(offer, at=at)
    language, fits = get_language() or "en", _("fits what you like")
    return {
        "offer": offer,
        "choices": [
            (f"{name}|{option.key}", option.name.in_language(language), fits if option.fits else "", option.picture)
            for name, option in options
        ],
        "limits": [] if offer.chosen_at else queries.notes(offer, at=at),
        "over": offer.until <= at,
        "chosen": describe(subjects=[subject], person_id=offer.person_id).get(subject) if subject else None,
        "donated": subject is not None and subject.kind == "donation",
        "ship_to": ship_to[:500],
        "error": error,
    }
