"""What may be given to whom, and from which budget: the nearest pot by country and level, else the company's policy."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from kith.commerce.gifts.models import GiftPot, Level
from kith.commerce.gifts.queries import policy_of
from kith.kernel.money import Money
from kith.kernel.subjects import Subject
from kith.people.persons.models import Person
from kith.people.ties.queries import is_employee, leads, placement
from kith.portal.shell import words


@dataclass(frozen=True)
class Limits:
    """Caps for one gift and for a calendar year, why they stand there, and whose budget pays."""

    currency: str
    cap_a_gift: Decimal
    cap_a_year: Decimal
    reason: str
    holder: Subject

    @property
    def sentence(self) -> str:
        """What is said to who wants more."""
        cap = words.money(Money(self.cap_a_gift, self.currency))
        if self.reason:
            return _("A gift costs at most %(cap)s: %(reason)s") % {"cap": cap, "reason": self.reason}
        return _("A gift costs at most %s.") % cap


def pot_subject(pot: GiftPot) -> Subject:
    """Return who holds a pot's money in the ledger."""
    return Subject("gift-pot", pot.pk)


def level_of(*, person: Person, day: date) -> str:
    """Return what somebody is to us on a day."""
    if not is_employee(person_id=person.pk, day=day):
        return Level.OUTSIDE
    return Level.LEADER if leads(person_id=person.pk) else Level.STAFF


def country_of(*, person: Person, day: date) -> str:
    """Return the country of the site where somebody works on a day, "" where there is none."""
    place = placement(person_id=person.pk, day=day)
    return place.site.country if place else ""


def limits_of(*, person: Person, organization_id: int, currency: str, day: date) -> Limits | None:
    """Return what may be given to a person in a currency; None where nobody decided.

    The country counts before the level: a pot of (VN, any) is nearer than one of (any, leader).
    """
    country, level = country_of(person=person, day=day), level_of(person=person, day=day)
    fits = Q(country__in=("", country), level__in=("", level), organization_id=organization_id, currency=currency)
    pots = sorted(GiftPot.objects.filter(fits), key=lambda pot: (pot.country == "", pot.level == ""))
    if pots:
        pot = pots[0]
        return Limits(currency, pot.cap_a_gift, pot.cap_a_year, pot.reason, pot_subject(pot))
    policy = policy_of(organization_id=organization_id)
    if policy is None:
        return None
    holder = Subject("organization", organization_id)
    return Limits(policy.currency, policy.cap_a_gift, policy.cap_a_year, policy.reason, holder)
