"""The two kindnesses that care itself can do: greet, and offer a choice of gifts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.care.kindnesses import KINDNESSES, Occasion
from kith.care.offers.models import GiftOffer
from kith.kernel.money import Money
from kith.kernel.texts import Text, text
from kith.messaging.deliveries.actions import NewMessage, send_message
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.wording.shelf import fill
from kith.portal.shell import words

PLACEHOLDERS = ("name",)


class Greet:
    """Greets a person in their language; `title` and `body` are texts that may hold {name}."""

    label = gettext_lazy("Greet")

    def do(self, *, occasion: Occasion, step: Mapping[str, Any], at: datetime) -> None:
        """Send the greeting, once for the occasion; it leads to the gifts where the step says so."""
        values: dict[str, Text | str] = {"name": occasion.person.name}
        message = NewMessage(
            title=fill(text(step["title"]), values=values, allowed=PLACEHOLDERS),
            body=fill(text(step["body"]), values=values, allowed=PLACEHOLDERS),
            message_class=MessageClass.TRANSACTIONAL,
            link="/gifts/" if step.get("leads_to_gifts") else "",
            dedupe_key=f"care:{occasion.run_id}:greet",
        )
        send_message(message=message, to=[occasion.person.pk], at=at)

    def explain(self, *, step: Mapping[str, Any]) -> str:
        """Quote the greeting."""
        return _("sends “%s” in the person's language") % text(step["title"])


class OfferGift:
    """Lets a person choose one gift; `budget`, `currency`, `days` to choose."""

    label = gettext_lazy("Offer a gift")

    def do(self, *, occasion: Occasion, step: Mapping[str, Any], at: datetime) -> None:
        """Open the offer, once for the occasion."""
        GiftOffer.objects.get_or_create(
            run_id=occasion.run_id,
            defaults={
                "person": occasion.person,
                "budget": Decimal(step["budget"]),
                "currency": step["currency"],
                "offered_at": at,
                "until": at + timedelta(days=int(step["days"])),
            },
        )

    def explain(self, *, step: Mapping[str, Any]) -> str:
        """Say how much and how long."""
        budget = words.money(Money(Decimal(step["budget"]), step["currency"]))
        return _("offers a gift worth up to %(budget)s, to be chosen within %(days)s days") % {
            "budget": budget,
            "days": step["days"],
        }


KINDNESSES.put("greet", Greet())
KINDNESSES.put("offer-gift", OfferGift())
