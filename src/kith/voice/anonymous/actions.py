"""Writes of the anonymous route: whatever the author says goes into the box, and nobody is the actor of anything."""

import secrets
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kith.kernel.refusals import NotAllowed, Refusal
from kith.people.persons.models import Person
from kith.voice.anonymous.models import Saying, Sealed, What
from kith.voice.anonymous.secrets import kept_as, new_receipt
from kith.voice.campaigns.models import Campaign
from kith.voice.filings.chain import content_hash, week_of
from kith.voice.ideas.actions import LONGEST, new_idea, words_of
from kith.voice.ideas.models import Category, Idea, IdeaState
from kith.voice.ideas.queries import promise_of
from kith.voice.ideas.rules import may_answer

OPENED_AT = time(4)
"""When the box is opened, every day (UTC): what was written since the day before is taken out together."""


def coarse(at: datetime) -> datetime:
    """Return the beginning (UTC) of the week of an instant: all that is kept of when somebody spoke."""
    return datetime.combine(week_of(at), time(), tzinfo=UTC)


def next_opening(at: datetime) -> datetime:
    """Return the next moment after `at` at which the box is opened: the same hour (UTC) every day."""
    today = datetime.combine(at.astimezone(UTC).date(), OPENED_AT, tzinfo=UTC)
    return today if today > at else today + timedelta(days=1)


def _seal(what: What, *, secret: str, words: dict[str, Any], at: datetime) -> None:
    key = secrets.randbelow(2**63 - 1) + 1
    Sealed.objects.create(pk=key, what=what, secret=secret, words=words, opens_at=next_opening(at))


def submit(
    *, title: str, text: str, at: datetime, category: Category = Category.OTHER, campaign: Campaign | None = None
) -> tuple[str, str]:
    """Take an idea without a name into the box; return the hash it will have in the chain, and its receipt.

    The receipt exists nowhere else. Until the box is opened nobody reads the idea but who holds the receipt.
    """
    if campaign is not None and not campaign.opens_at <= at < campaign.closes_at:
        raise Refusal(_("This campaign is closed, or it asks others: post your idea without it."), field="campaign")
    idea = new_idea(title=title, text=text, category=category, campaign=campaign, at=coarse(at))
    secret = new_receipt()
    words = {
        "title": idea.title, "text": idea.text, "category": idea.category, "nonce": idea.nonce,
        "campaign": campaign.pk if campaign is not None else None,
    }  # fmt: skip
    _seal(What.IDEA, secret=kept_as(secret), words=words, at=at)
    return content_hash(nonce=idea.nonce, title=idea.title, text=idea.text), secret


def say(*, idea: Idea, text: str, at: datetime) -> None:
    """Let the author, who showed the receipt, say something; it goes through the box like the idea did."""
    said = words_of(text, field="text", most=LONGEST)
    _seal(What.SAYING, secret=idea.receipt.secret, words={"text": said}, at=at)


def rate(*, idea: Idea, understood: bool, at: datetime) -> None:
    """Let the author, who showed the receipt, say whether the answer is one; it counts when the box is opened."""
    waiting = Sealed.objects.filter(secret=idea.receipt.secret, what=What.RATING)
    if idea.state == IdeaState.OPEN or idea.rated_at is not None or not idea.is_anonymous or waiting.exists():
        raise Refusal(_("The author rates the answer, once."))
    _seal(What.RATING, secret=idea.receipt.secret, words={"understood": understood}, at=at)


def reply(*, idea: Idea, by: Person, roles: frozenset[str], text: str, at: datetime) -> Saying:
    """Say something to the author of an idea without a name; only who may answer it."""
    may = may_answer(person_id=by.pk, roles=roles, idea=idea, promise=promise_of(idea))
    if not may and idea.answered_by_id != by.pk:
        raise NotAllowed(_("The one who owes the answer speaks with the author."))
    week: date = week_of(at)
    return Saying.objects.create(idea=idea, by_id=by.pk, text=words_of(text, field="text", most=LONGEST), week=week)
