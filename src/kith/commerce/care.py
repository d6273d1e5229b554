"""What commerce gives to care: gifts of the catalogue, charged to the company's budget, and the moment of delivery."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.care.fields import Field, FieldKind
from kith.care.gifts import GIVERS, GiftOption, Wants
from kith.care.moments import MOMENTS, Moment, Occurrences, days_after, due
from kith.care.offers.queries import worth_of
from kith.care.signs import SIGNS, Sign
from kith.commerce.gifts.actions import Parcel, order_gift
from kith.commerce.gifts.limits import Limits, country_of, limits_of
from kith.commerce.gifts.models import Charity, Gift
from kith.commerce.gifts.pots import donate
from kith.commerce.gifts.queries import catalogue
from kith.commerce.gifts.rules import fitting
from kith.commerce.orders.confirming import subject_of
from kith.commerce.shop.addresses import picture_of
from kith.commerce.stores.models import Store
from kith.kernel.money import Money
from kith.kernel.refusals import Refusal
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.people.persons.models import Person

SHOWN = 12


def _store(currency: str, *, person: Person, at: datetime) -> tuple[Store, Limits] | None:
    """Return the store whose company gives to a person in a currency, and what it gives: the first open one."""
    stores = Store.objects.filter(is_open=True, currency=currency).select_related("organization").order_by("id")
    for store in stores:
        limits = limits_of(person=person, organization_id=store.organization_id, currency=currency, day=at.date())
        if limits is not None and limits.currency == currency:
            return store, limits
    return None


class Catalogue:
    """Gifts from the catalogue."""

    needs_address = True

    def options(self, *, person: Person, wants: Wants, budget: Money, at: datetime) -> Sequence[GiftOption]:
        """Return gifts in stock within the budget and the caps, those that fit the likes first; nothing avoided."""
        found = _store(budget.currency, person=person, at=at)
        if found is None:
            return []
        store, limits = found
        gifts = {gift.pk: gift for gift in catalogue(warehouse_id=store.warehouse_id)}
        chosen = fitting(
            gifts.values(), likes=wants.likes, country=country_of(person=person, day=at.date()),
            currency=budget.currency, at_most=min(budget.amount, limits.cap_a_gift), avoids=wants.avoids,
        )  # fmt: skip
        wanted = {like.casefold() for like in wants.likes}
        return [
            GiftOption(
                key=str(gift.public_id),
                name=gift.product.name,
                picture=picture_of(gift.product),
                fits=bool(wanted & {tag.casefold() for tag in gift.fits}),
            )
            for gift in (gifts[each.pk] for each in chosen[:SHOWN])
        ]

    def note(self, *, person: Person, budget: Money, at: datetime) -> str:
        """Say that the cap is below what the programme offers, and why."""
        found = _store(budget.currency, person=person, at=at)
        return found[1].sentence if found and found[1].cap_a_gift < budget.amount else ""

    def give(self, *, person: Person, key: str, ship_to: str, offer: Subject, at: datetime) -> Subject:
        """Order the gift, once for an offer."""
        gift = Gift.objects.filter(public_id=key).select_related("product", "product__item").first()
        found = _store(gift.currency, person=person, at=at) if gift else None
        if gift is None or found is None:
            raise Refusal(_("This gift is not on the list."))
        store, limits = found
        given = order_gift(
            person=person, gift=gift, budget_holder=limits.holder, store=store, parcel=Parcel(ship_to=ship_to),
            at=at, idempotency_key=str(offer), by_id=person.pk,
        )  # fmt: skip
        return subject_of(given.order)


class Charities:
    """The worth of the gift, given to a charity instead."""

    needs_address = False

    def options(self, *, person: Person, wants: Wants, budget: Money, at: datetime) -> Sequence[GiftOption]:
        """Return the charities for the person's country; those they named first."""
        found = _store(budget.currency, person=person, at=at)
        if found is None:
            return []
        country = country_of(person=person, day=at.date())
        rows = Charity.objects.filter(organization_id=found[0].organization_id, is_active=True).order_by("name")
        named = {word.casefold() for word in wants.charities}
        return [
            GiftOption(
                key=str(each.public_id),
                name=Text(
                    {"en": f"To {each.name} instead", "vi": f"Tặng cho {each.name}", "zh-Hans": f"改赠给{each.name}"}
                ),
                picture="",
                fits=each.name.casefold() in named,
            )
            for each in rows
            if not each.countries or country in each.countries
        ]

    def note(self, *, person: Person, budget: Money, at: datetime) -> str:
        """Return nothing: the catalogue says it."""
        del person, budget, at
        return ""

    def give(self, *, person: Person, key: str, ship_to: str, offer: Subject, at: datetime) -> Subject:
        """Give the offer's worth to a charity, once for an offer."""
        del ship_to
        charity = Charity.objects.filter(public_id=key, is_active=True).first()
        worth = worth_of(offer)
        if charity is None or worth is None:
            raise Refusal(_("This gift is not on the list."))
        made = donate(
            person=person, charity=charity, amount=worth.amount, currency=worth.currency, key=str(offer), at=at
        )
        return Subject("donation", made.pk)


GIVERS.put("catalogue", Catalogue())
GIVERS.put("charity", Charities())

_DELIVERED = f"""
    SELECT p.id AS person_id, 'order-' || o.id AS occasion, due.due_at
    FROM commerce_order o JOIN people_person p ON p.id = o.buyer_id
    {due("((o.delivered_at AT TIME ZONE p.zone)::date + %(wait)s)")}
    WHERE o.status = 'delivered' AND o.kind = 'sale' AND o.delivered_at BETWEEN %(first)s AND %(last)s
    AND due.due_at > %(after)s AND due.due_at <= %(upto)s AND due.due_at >= o.delivered_at
"""  # noqa: S608  (only our own SQL words)


class Delivered(Moment):
    """So many days after an order came, which somebody bought; once an order."""

    label = gettext_lazy("Order delivered")
    fields: Sequence[Field] = (
        Field("days", gettext_lazy("So many days after"), FieldKind.NUMBER, start=7, least=1, most=365),
    )

    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return deliveries after which the local `hour` on that day lies between two instants."""
        span = days_after(days=int(settings["days"]), after=after, upto=upto, hour=hour)
        return Occurrences(sql=_DELIVERED, params=span)

    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Say how long ago the order came."""
        del occasion
        days = int(settings["days"])
        return ngettext("an order came %s day ago", "an order came %s days ago", days) % days


MOMENTS.put("order-delivered", Delivered())
SIGNS.put(
    "order",
    Sign(
        gettext_lazy("an order"),
        "SELECT buyer_id AS person_id, placed_at AS at FROM commerce_order WHERE kind = 'sale'",
    ),
)
