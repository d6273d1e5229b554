"""Writes of budgets and charities: begun, filled, and the worth of a gift given away instead."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kith.commerce.gifts.actions import check_caps, check_within
from kith.commerce.gifts.kinds import budget_kind
from kith.commerce.gifts.limits import country_of, limits_of, pot_subject
from kith.commerce.gifts.models import Charity, Donation, GiftPot, Level
from kith.kernel.clock import local_date
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots import actions as lots
from kith.people.organizations.models import Organization
from kith.people.persons.models import Person

COUNTRY = 2


def save_pot(
    *, organization: Organization, country: str, level: str, currency: str, cap_a_gift: Decimal, cap_a_year: Decimal,
    reason: str,
) -> GiftPot:  # fmt: skip
    """Begin a budget for a country and level, or change its caps."""
    check_caps(currency=currency, cap_a_gift=cap_a_gift, cap_a_year=cap_a_year)
    country = country.strip().upper()
    if country and not (len(country) == COUNTRY and country.isalpha() and country.isascii()):
        raise BadInput(_("A country has two letters, such as VN."), field="country")
    if level and level not in Level.values:
        raise BadInput(_("Choose for whom."), field="level")
    caps = {"cap_a_gift": cap_a_gift, "cap_a_year": cap_a_year, "reason": reason.strip()[:200]}
    return GiftPot.objects.update_or_create(
        organization=organization, country=country, level=level, currency=currency, defaults=caps
    )[0]


def fill_pot(*, pot: GiftPot, amount: Decimal, until: date | None, at: datetime, by_id: int) -> None:
    """Put money into a budget, to be given until a day (None: for ever)."""
    day = local_date(at, "UTC")
    if until is not None and until < day:
        raise BadInput(_("This day is over already."), field="until")
    lots.grant(
        holder=pot_subject(pot), kind=budget_kind(pot.currency), amount=amount, valid_from=day, expires_on=until,
        source="gift-desk", at=at, by_id=by_id,
    )  # fmt: skip


def save_charity(*, organization: Organization, name: str, about: str, countries: list[str]) -> Charity:
    """Offer a charity, or change what is said of it."""
    called = " ".join(name.split())[:120]
    if not called:
        raise BadInput(_("Give it a name."), field="name")
    given = {"about": about.strip()[:200], "countries": countries, "is_active": True}
    return Charity.objects.update_or_create(organization=organization, name=called, defaults=given)[0]


def donate(*, person: Person, charity: Charity, amount: Decimal, currency: str, key: str, at: datetime) -> Donation:
    """Give the worth of a gift to a charity instead, from the budget that would have paid for it; once a key."""
    with transaction.atomic():
        known = Donation.objects.filter(key=key).first()
        if known is not None:
            return known
        day = local_date(at, person.zone)
        limits = limits_of(person=person, organization_id=charity.organization_id, currency=currency, day=day)
        if limits is None or limits.currency != currency or not charity.is_active:
            raise Refusal(_("This cannot be given now."))
        worth = min(amount, limits.cap_a_gift)
        check_within(person=person, limits=limits, amount=worth, year=day.year)
        made = Donation.objects.create(
            charity=charity, person=person, key=key, budget=str(limits.holder), amount=worth, currency=currency,
            country=country_of(person=person, day=day), year=day.year, at=at,
        )  # fmt: skip
        reference, kind = Subject("donation", made.pk), budget_kind(currency)
        lots.reserve(holder=limits.holder, kind=kind, amount=worth, reference=reference, at=at, on=day)
        lots.consume(reference=reference, at=at)
    return made


def end_charity(*, charity: Charity, active: bool) -> None:
    """Take a charity off the list (or put it back); what was donated stays."""
    Charity.objects.filter(pk=charity.pk).update(is_active=active)
