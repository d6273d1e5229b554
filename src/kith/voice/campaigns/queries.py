"""Reads of campaigns, terms and limits."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from kith.people.organizations.queries import company
from kith.people.segments.queries import contains, matching
from kith.people.ties.queries import is_employee, leads
from kith.voice.campaigns.models import Campaign, Limit, Terms

UNLIMITED = frozenset({"leadership"})
"""Roles that may decide any amount."""
ASKERS = frozenset({"leadership", "communications", "hr", "administrator"})
"""Roles that open campaigns."""


def currency() -> str:
    """Return the currency in which the company counts, "" where it has not said."""
    ours = company()
    return ours.currency if ours is not None else ""


def terms_of(campaign: Campaign | None) -> Terms | None:
    """Return the newest terms of a campaign, else those of the house; None where nobody ever set any."""
    if campaign is not None and (own := Terms.objects.filter(campaign=campaign).order_by("-version").first()):
        return own
    return Terms.objects.filter(campaign=None).order_by("-version").first()


def standard() -> Terms:
    """Return the terms that hold where nobody set any: 7 days to be read, 90 to be answered; not kept."""
    return Terms(version=0, currency=currency())


def in_force(campaign: Campaign | None) -> Terms:
    """Return the terms under which something is handed in now; version 0 where nobody set any."""
    return terms_of(campaign) or standard()


@dataclass(frozen=True)
class Authority:
    """How much somebody may decide by themselves; None: any amount. `why` names the rule, for a sentence."""

    amount: Decimal | None
    currency: str
    why: str

    def covers(self, cost: Decimal) -> bool:
        """Say whether a matter of this cost may be decided, either way."""
        return self.amount is None or cost <= self.amount


def authority_of(
    *, person_id: int, roles: frozenset[str], campaign: Campaign | None, terms: Terms, day: date
) -> Authority:
    """Return what a person may decide about an idea handed in under `terms`.

    Leadership anything; the owner of a campaign its budget; else their own limit; else what the terms give to managers
    of a unit and to everybody. The highest counts.
    """
    unit = terms.currency or currency()
    if roles & UNLIMITED:
        return Authority(None, unit, "leadership")
    found = [Authority(terms.staff_amount, unit, "staff")]
    if leads(person_id=person_id):
        found.append(Authority(terms.manager_amount, unit, "manager"))
    own = Limit.objects.filter(person_id=person_id, valid_from__lte=day).order_by("-valid_from").first()
    if own is not None and own.currency == unit:
        found.append(Authority(own.amount, unit, "limit"))
    if campaign is not None and campaign.owner_id == person_id and campaign.budget is not None:
        found.append(Authority(campaign.budget, campaign.currency, "campaign"))
    return max(found, key=lambda each: each.amount or Decimal(0))


def visible_to(*, person_id: int | None, roles: frozenset[str], day: date) -> QuerySet[Campaign]:
    """Return the campaigns somebody may know of: employees those of all and of their segments; the desk every one."""
    campaigns = Campaign.objects.select_related("owner", "segment")
    if person_id is None:
        return campaigns.none()
    if roles & ASKERS:
        return campaigns
    if not is_employee(person_id=person_id, day=day):
        return campaigns.filter(owner_id=person_id)
    rules = dict(
        Campaign.objects.filter(segment__isnull=False).order_by().values_list("segment_id", "segment__rule").distinct()
    )
    inside = matching(rules=rules, person_id=person_id, day=day) if rules else set()
    return (
        campaigns.filter(segment=None) | campaigns.filter(segment_id__in=inside) | campaigns.filter(owner_id=person_id)
    )


def open_now(campaigns: QuerySet[Campaign], *, at: datetime) -> QuerySet[Campaign]:
    """Return those of the campaigns that take ideas at `at`, the one that ends first first."""
    return campaigns.filter(opens_at__lte=at, closes_at__gt=at).order_by("closes_at", "id")


def takes_from(campaign: Campaign, *, person_id: int, at: datetime) -> bool:
    """Say whether a campaign takes an idea of a person: it is open, and the person is in its segment."""
    if not campaign.opens_at <= at < campaign.closes_at:
        return False
    return campaign.segment is None or contains(rule=campaign.segment.rule, person_id=person_id, day=at.date())


def limits(*, day: date) -> list[Limit]:
    """Return everybody's limit in force, by name."""
    rows = Limit.objects.filter(valid_from__lte=day).select_related("person").order_by("person_id", "-valid_from")
    newest = {row.person_id: row for row in reversed(list(rows))}
    return sorted(newest.values(), key=lambda row: row.person.sort_key)
