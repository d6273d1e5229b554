"""Writes of gifts: ordering one takes from the budget and from stock, together or not at all."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kith.billing.payers.actions import lock, payer_of
from kith.commerce.gifts.facts import GiftOrdered
from kith.commerce.gifts.kinds import CURRENCIES, budget_kind
from kith.commerce.gifts.limits import Limits, country_of, limits_of
from kith.commerce.gifts.models import Gift, GiftPolicy, Given
from kith.commerce.gifts.queries import given_in
from kith.commerce.orders.asking import new_number
from kith.commerce.orders.confirming import confirm, subject_of
from kith.commerce.orders.models import Order, OrderKind, OrderLine, OrderStatus
from kith.commerce.stores.models import Store
from kith.kernel.clock import local_date
from kith.kernel.facts import publish
from kith.kernel.idempotency import once
from kith.kernel.money import Money
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots import actions as lots
from kith.ledger.lots.queries import held_for
from kith.people.organizations.models import Organization
from kith.people.persons.models import Person
from kith.portal.shell import words
from kith.supply.stock import actions as stock

LONGEST_KEPT = 365


@dataclass(frozen=True, slots=True)
class Parcel:
    """Where a gift goes and what is written on its card."""

    ship_to: str
    message: str = ""


def save_policy(
    *, organization: Organization, currency: str, cap_a_gift: Decimal, cap_a_year: Decimal, reason: str = "",
    address_days: int = 30,
) -> GiftPolicy:  # fmt: skip
    """Decide what a company gives at most and why, and how long it keeps where a gift went."""
    check_caps(currency=currency, cap_a_gift=cap_a_gift, cap_a_year=cap_a_year)
    if not 1 <= address_days <= LONGEST_KEPT:
        raise BadInput(_("An address is kept for 1 to %d days.") % LONGEST_KEPT, field="address_days")
    return GiftPolicy.objects.update_or_create(
        organization=organization,
        defaults={
            "currency": currency, "cap_a_gift": cap_a_gift, "cap_a_year": cap_a_year, "reason": reason[:200],
            "address_days": address_days,
        },
    )[0]  # fmt: skip


def check_caps(*, currency: str, cap_a_gift: Decimal, cap_a_year: Decimal) -> None:
    """Refuse an unknown currency, and caps that allow nothing."""
    if currency not in CURRENCIES:
        raise BadInput(_("“%s” is not a currency for gifts.") % currency[:3], field="currency")
    if not 0 < cap_a_gift <= cap_a_year:
        raise BadInput(_("A gift is worth something, and the year allows at least one."), field="cap_a_gift")


def order_gift(
    *,
    person: Person,
    gift: Gift,
    budget_holder: Subject,
    store: Store,
    parcel: Parcel,
    at: datetime,
    idempotency_key: str,
    by_id: int | None = None,
) -> Given:
    """Order a gift for a person at no price to them, from the budget of `budget_holder` (`unit:5`); once a key.

    `Refusal` when the policy's caps, the budget or the stock do not allow it; nothing is taken then.
    """
    answer = once(
        scope=f"gifts:{budget_holder}",
        key=idempotency_key,
        asked={"person": person.pk, "gift": gift.pk},
        at=at,
        act=lambda: (201, _order(person, gift, budget_holder, store=store, parcel=parcel, at=at, by_id=by_id).pk),
    )
    return Given.objects.select_related("order").get(pk=answer.body)


def _order(
    person: Person, gift: Gift, holder: Subject, *, store: Store, parcel: Parcel, at: datetime, by_id: int | None
) -> Given:
    payer = lock(payer_id=payer_of(organization=store.organization).pk)
    day = local_date(at, store.zone)
    _check(person, gift, store, day=day)
    order = Order.objects.create(
        number=new_number(), kind=OrderKind.GIFT, store=store, store_version=store.version,
        organization_id=store.organization_id, buyer=person, payer=payer, status=OrderStatus.AWAITING_PAYMENT,
        expires_at=at, currency=store.currency, total=0, language=person.language, mailbox=person.mailbox,
        ship_to=parcel.ship_to[:500], message=parcel.message[:500], placed_at=at,
    )  # fmt: skip
    product = gift.product
    OrderLine.objects.create(
        order=order, position=1, product=product, item=product.item, sku=product.item.sku, quantity=1,
        name=product.name.in_language(person.language)[:300], public_price=0, unit_price=0, total=0,
        tax_code=product.tax_code, product_version=product.version,
    )  # fmt: skip
    reference = subject_of(order)
    lots.reserve(
        holder=holder, kind=budget_kind(gift.currency), amount=gift.cost, reference=reference, at=at, on=day,
        by_id=by_id,
    )  # fmt: skip
    lots.consume(reference=reference, at=at, by_id=by_id)
    if product.item.is_stocked:
        stock.reserve(
            warehouse_id=store.warehouse_id, wanted=[stock.Wanted(product.item_id, 1)], reference=reference, at=at,
            by_id=by_id,
        )  # fmt: skip
    given = Given.objects.create(
        order=order, person=person, gift=gift, budget=str(holder), cost=gift.cost, currency=gift.currency,
        year=day.year, at=at, country=country_of(person=person, day=day),
    )  # fmt: skip
    confirm(order=order, at=at)
    publish(GiftOrdered(given_id=given.pk, person_id=person.pk, order_id=order.pk), at=at, by_id=by_id)
    return given


def _check(person: Person, gift: Gift, store: Store, *, day: date) -> None:
    limits = limits_of(person=person, organization_id=store.organization_id, currency=gift.currency, day=day)
    if limits is None:
        raise Refusal(_("Nobody has decided yet what your company gives; set the caps first."))
    if not gift.is_active or gift.currency != limits.currency:
        raise Refusal(_("This gift cannot be given now."))
    check_within(person=person, limits=limits, amount=gift.cost, year=day.year)


def check_within(*, person: Person, limits: Limits, amount: Decimal, year: int) -> None:
    """Refuse what is above the caps, with the reason why they stand where they do."""
    if amount > limits.cap_a_gift:
        raise Refusal(limits.sentence)
    left = limits.cap_a_year - given_in(person_id=person.pk, year=year, currency=limits.currency).amount
    if amount > left:
        raise Refusal(
            _("For %(name)s %(left)s are left this year.")
            % {"name": person.name, "left": words.money(Money(max(left, Decimal(0)), limits.currency))}
        )


def take_back(*, given: Given, at: datetime, by_id: int | None) -> None:
    """Return a cancelled gift's money to the budget it came from; a second call changes nothing."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=given.order_id)
        if order.status == OrderStatus.CANCELLED:
            kind = budget_kind(given.currency)
            held = held_for(reference=subject_of(order)).get(kind)
            if held is not None and held.consumed:
                lots.give_back(reference=subject_of(order), amount=held.consumed, kind=kind, at=at, by_id=by_id)
