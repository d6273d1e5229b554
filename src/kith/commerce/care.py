"""What commerce gives to care: gifts of the catalogue, charged to the company's budget, and the moment of delivery."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.care.fields import Field, FieldKind
from kith.care.gifts import GIVERS, GiftOption
from kith.care.moments import MOMENTS, Occurrences, due
from kith.commerce.gifts.actions import Parcel, order_gift
from kith.commerce.gifts.models import Gift
from kith.commerce.gifts.queries import catalogue, policy_of
from kith.commerce.gifts.rules import fitting
from kith.commerce.orders.confirming import subject_of
from kith.commerce.stores.models import Store
from kith.kernel.money import Money
from kith.kernel.refusals import Refusal
from kith.kernel.subjects import Subject
from kith.people.persons.models import Person
from kith.people.ties.queries import placement

SHOWN = 12


def _store(currency: str) -> Store | None:
    """Return the store whose company gives in a currency: the first open one with a policy."""
    stores = Store.objects.filter(is_open=True, currency=currency).select_related("organization").order_by("id")
    return next((store for store in stores if policy_of(organization_id=store.organization_id)), None)


def budget_holder(store: Store) -> Subject:
    """Return whose gift budget pays for gifts of a store."""
    return Subject("organization", store.organization_id)


class Catalogue:
    """Gifts from the catalogue."""

    def options(self, *, person: Person, likes: Collection[str], budget: Money, at: datetime) -> Sequence[GiftOption]:
        """Return gifts in stock within the budget and the company's cap, those that fit the likes first."""
        store = _store(budget.currency)
        if store is None:
            return []
        place = placement(person_id=person.pk, day=at.date())
        policy = policy_of(organization_id=store.organization_id)
        cap = min(budget.amount, policy.cap_a_gift) if policy else budget.amount
        gifts = {gift.pk: gift for gift in catalogue(warehouse_id=store.warehouse_id)}
        found = fitting(
            gifts.values(), likes=likes, country=place.site.country if place else "",
            currency=budget.currency, at_most=cap,
        )  # fmt: skip
        wanted = {like.casefold() for like in likes}
        return [
            GiftOption(
                key=str(gift.public_id),
                name=gift.product.name,
                picture=reverse("product-picture", args=[gift.product.slug]),
                fits=bool(wanted & {tag.casefold() for tag in gift.fits}),
            )
            for gift in (gifts[each.pk] for each in found[:SHOWN])
        ]

    def give(self, *, person: Person, key: str, ship_to: str, offer: Subject, at: datetime) -> Subject:
        """Order the gift, once for an offer."""
        gift = Gift.objects.filter(public_id=key).select_related("product", "product__item").first()
        store = _store(gift.currency) if gift else None
        if gift is None or store is None:
            raise Refusal(_("This gift is not on the list."))
        given = order_gift(
            person=person, gift=gift, budget_holder=budget_holder(store), store=store, parcel=Parcel(ship_to=ship_to),
            at=at, idempotency_key=str(offer), by_id=person.pk,
        )  # fmt: skip
        return subject_of(given.order)


GIVERS.put("catalogue", Catalogue())

_FURTHEST_ZONE = timedelta(hours=15)
_DELIVERED = f"""
    SELECT p.id AS person_id, 'order-' || o.id AS occasion, due.due_at
    FROM commerce_order o JOIN people_person p ON p.id = o.buyer_id
    {due("((o.delivered_at AT TIME ZONE p.zone)::date + %(wait)s)")}
    WHERE o.status = 'delivered' AND o.kind = 'sale' AND o.delivered_at BETWEEN %(first)s AND %(last)s
    AND due.due_at > %(after)s AND due.due_at <= %(upto)s AND due.due_at >= o.delivered_at
"""  # noqa: S608  (only our own SQL words)


class Delivered:
    """So many days after an order came, which somebody bought; once an order."""

    label = gettext_lazy("Order delivered")
    fields: Sequence[Field] = (
        Field("days", gettext_lazy("So many days after"), FieldKind.NUMBER, start=7, least=1, most=365),
    )
    placeholders: Sequence[str] = ()

    def between(self, *, after: datetime, upto: datetime, hour: int, settings: Mapping[str, Any]) -> Occurrences:
        """Return deliveries after which the local `hour` on that day lies between two instants."""
        wait = timedelta(days=int(settings["days"]))
        return Occurrences(
            sql=_DELIVERED,
            params={
                "wait": wait.days,
                "first": after - wait - _FURTHEST_ZONE - timedelta(days=1),
                "last": upto - wait + _FURTHEST_ZONE + timedelta(days=1),
                "hour": hour,
                "after": after,
                "upto": upto,
            },
        )

    def values(self, occasion: str) -> dict[str, str]:
        """Return nothing."""
        del occasion
        return {}

    def explain(self, *, occasion: str, settings: Mapping[str, Any]) -> str:
        """Say how long ago the order came."""
        del occasion
        days = int(settings["days"])
        return ngettext("an order came %s day ago", "an order came %s days ago", days) % days


MOMENTS.put("order-delivered", Delivered())
