"""Writes of campaigns, terms and limits."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput
from kith.kernel.texts import Text
from kith.people.persons.models import Person
from kith.people.segments.models import Segment
from kith.promises.service import serving_ids
from kith.voice.campaigns.facts import CampaignOpened, IdeaTermsChanged
from kith.voice.campaigns.models import Campaign, Limit, Terms
from kith.voice.campaigns.queries import currency, in_force, terms_of

_LOCK = 0x7465726D
HIGHEST = Decimal(10) ** 12


@dataclass(frozen=True)
class Question:
    """What a campaign asks: its words, whom (None: every employee), from when until when, who answers, its budget."""

    title: Text
    question: Text
    owner: Person
    opens_at: datetime
    closes_at: datetime
    segment: Segment | None = None
    budget: Decimal | None = None


def _checked(asked: Question, *, at: datetime) -> None:
    if not any(asked.title.values()) or not any(asked.question.values()):
        raise BadInput(_("Write title and question in at least one language."), field="title_en")
    if asked.closes_at <= max(asked.opens_at, at):
        raise BadInput(_("A campaign ends after it begins, and after now."), field="closes_at")
    if not serving_ids(person_ids=[asked.owner.pk], at=at):
        raise BadInput(_("%s is no longer in service.") % asked.owner.name, field="owner")
    _amount(asked.budget, field="budget")


def _amount(amount: Decimal | None, *, field: str) -> Decimal:
    if amount is not None and (not amount.is_finite() or not 0 <= amount < HIGHEST):
        raise BadInput(_("An amount is zero or more, and below a million million."), field=field)
    return amount or Decimal(0)


def open_campaign(*, asked: Question, at: datetime, by_id: int | None) -> Campaign:
    """Open a campaign; ideas handed in to it are owed an answer by its owner."""
    _checked(asked, at=at)
    with transaction.atomic():
        campaign = Campaign.objects.create(
            title=asked.title, question=asked.question, segment=asked.segment, owner=asked.owner,
            opens_at=asked.opens_at, closes_at=asked.closes_at, budget=asked.budget, currency=currency(),
            created_by_id=by_id,
        )  # fmt: skip
        publish(CampaignOpened(campaign_id=campaign.pk, owner_id=asked.owner.pk), at=at, by_id=by_id)
    return campaign


def change_campaign(campaign: Campaign, *, asked: Question, at: datetime) -> Campaign:
    """Change a campaign; what was handed in keeps the terms and the owner it has."""
    if asked.closes_at != campaign.closes_at or asked.owner.pk != campaign.owner_id:
        _checked(asked, at=at)
    _amount(asked.budget, field="budget")
    with transaction.atomic():
        kept = Campaign.objects.select_for_update().get(pk=campaign.pk)
        kept.title, kept.question, kept.segment = asked.title, asked.question, asked.segment
        kept.owner, kept.opens_at, kept.closes_at, kept.budget = (
            asked.owner,
            asked.opens_at,
            asked.closes_at,
            asked.budget,
        )
        kept.save()
    return kept


def close_campaign(campaign: Campaign, *, at: datetime) -> Campaign:
    """Take no more ideas from now on; one that is over stays so."""
    with transaction.atomic():
        kept = Campaign.objects.select_for_update().get(pk=campaign.pk)
        if kept.closes_at > at > kept.opens_at:
            kept.closes_at = at
            kept.save(update_fields=["closes_at"])
    return kept


@dataclass(frozen=True)
class Wanted:
    """The terms somebody wants: days are working days, amounts in the company's currency."""

    receipt_days: int = 7
    answer_days: int = 90
    do_days: int = 60
    staff_amount: Decimal = Decimal(0)
    manager_amount: Decimal = Decimal(0)
    points: int = 100
    done_public: bool = False


def set_terms(*, wanted: Wanted, at: datetime, by_id: int | None, campaign: Campaign | None = None) -> Terms:
    """Make a new version of the terms of the house or of a campaign; the same again changes nothing.

    What was handed in before keeps the version it came under.
    """
    for field, days, most in (
        ("receipt_days", wanted.receipt_days, 60),
        ("answer_days", wanted.answer_days, 260),
        ("do_days", wanted.do_days, 780),
    ):  # fmt: skip
        if not 1 <= days <= most:
            raise BadInput(_("Choose 1 to %d working days.") % most, field=field)
    if wanted.receipt_days > wanted.answer_days:
        raise BadInput(_("An idea is read before it is answered: choose fewer days."), field="receipt_days")
    if not 0 <= wanted.points <= 100_000:  # noqa: PLR2004  (a thousand times the usual)
        raise BadInput(_("Choose 0 to 100,000 points."), field="points")
    _amount(wanted.staff_amount, field="staff_amount")
    _amount(wanted.manager_amount, field="manager_amount")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        newest = terms_of(campaign)
        last = newest if newest is not None and newest.campaign_id == (campaign.pk if campaign else None) else None
        if last is not None and all(vars(last)[name] == value for name, value in vars(wanted).items()):
            return last
        terms = Terms.objects.create(
            campaign=campaign, version=last.version + 1 if last else 1, currency=currency(), made_by_id=by_id,
            made_at=at, **vars(wanted),
        )  # fmt: skip
        publish(IdeaTermsChanged(terms_id=terms.pk, version=terms.version), at=at, by_id=by_id)
    return terms


def ask(
    *, asked: Question, wanted: Wanted, at: datetime, by_id: int | None, campaign: Campaign | None = None
) -> Campaign:
    """Open a campaign, or change one, with its own terms: both or nothing."""
    with transaction.atomic():
        if campaign is None:
            kept = open_campaign(asked=asked, at=at, by_id=by_id)
        else:
            kept = change_campaign(campaign, asked=asked, at=at)
        set_terms(wanted=wanted, at=at, by_id=by_id, campaign=kept)
    return kept


def set_limit(*, person: Person, amount: Decimal, valid_from: date, by_id: int | None) -> Limit:
    """Let a person decide up to an amount from a day on; a second word for the same day replaces the first."""
    amount = _amount(amount, field="amount")
    known = in_force(None).currency or currency()
    if not known:
        raise BadInput(_("Say first in which currency the company counts."), field="amount")
    limit, _fresh = Limit.objects.update_or_create(
        person=person, valid_from=valid_from, defaults={"amount": amount, "currency": known, "set_by_id": by_id}
    )
    return limit
