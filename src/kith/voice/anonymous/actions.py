"""Writes of the anonymous route. Every instant it keeps is the Monday of the week; nobody is the actor of anything."""

from datetime import UTC, date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import NotAllowed, Refusal
from kith.people.persons.models import Person
from kith.voice.anonymous.models import Receipt, Saying
from kith.voice.anonymous.secrets import kept_as, new_receipt
from kith.voice.campaigns.models import Campaign
from kith.voice.filings.chain import week_of
from kith.voice.ideas.actions import LONGEST, file_idea, new_idea, settle_rating, words_of
from kith.voice.ideas.facts import AnonymousIdeaSubmitted
from kith.voice.ideas.models import Category, Idea, IdeaState, Visibility
from kith.voice.ideas.owing import owe_answer, unit_of
from kith.voice.ideas.queries import promise_of
from kith.voice.ideas.rules import may_answer

WORKING_WEEK = 5


def coarse(at: datetime) -> datetime:
    """Return the beginning (UTC) of the week of an instant: all that is kept of when somebody spoke."""
    return datetime.combine(week_of(at), time(), tzinfo=UTC)


def submit(
    *, title: str, text: str, at: datetime, category: Category = Category.OTHER, campaign: Campaign | None = None
) -> tuple[Idea, str]:
    """Take an idea without a name; return it and its receipt, which exists nowhere else. Shown to who answers only.

    Its clocks begin on its Monday and last a working week longer, so the author waits no longer than others.
    """
    if campaign is not None and not campaign.opens_at <= at < campaign.closes_at:
        raise Refusal(_("This campaign is closed, or it asks others: post your idea without it."), field="campaign")
    monday, secret = coarse(at), new_receipt()
    kept = kept_as(secret)
    with transaction.atomic():
        idea = new_idea(title=title, text=text, category=category, campaign=campaign, at=monday)
        idea.visibility = Visibility.OWNER
        idea.save()
        Receipt.objects.create(idea=idea, secret=kept)
        promise = owe_answer(idea, at=monday, by_id=None, more_days=WORKING_WEEK)
        idea.unit_id = unit_of(promise.owner_id, at=monday)
        idea.save(update_fields=["unit"])
        publish(AnonymousIdeaSubmitted(idea_id=idea.pk), at=monday)
        file_idea(idea, at=monday)
    return idea, secret


def say(*, idea: Idea, text: str, at: datetime) -> Saying:
    """Let the author, who showed the receipt, say something; whoever answers hears of it later."""
    with transaction.atomic():
        saying = Saying.objects.create(idea=idea, text=words_of(text, field="text", most=LONGEST), week=week_of(at))
        Receipt.objects.filter(idea=idea).update(told=False)
    return saying


def reply(*, idea: Idea, by: Person, roles: frozenset[str], text: str, at: datetime) -> Saying:
    """Say something to the author of an idea without a name; only who may answer it."""
    may = may_answer(person_id=by.pk, roles=roles, idea=idea, promise=promise_of(idea))
    if not may and idea.answered_by_id != by.pk:
        raise NotAllowed(_("The one who owes the answer speaks with the author."))
    week: date = week_of(at)
    return Saying.objects.create(idea=idea, by_id=by.pk, text=words_of(text, field="text", most=LONGEST), week=week)


def rate(*, idea: Idea, understood: bool, at: datetime) -> Idea:
    """Let the author, who showed the receipt, say whether the answer is one; not understood reopens it once."""
    with transaction.atomic():
        kept = Idea.objects.select_for_update().get(pk=idea.pk)
        if kept.state == IdeaState.OPEN or kept.rated_at is not None or not kept.is_anonymous:
            raise Refusal(_("The author rates the answer, once."))
        settle_rating(kept, understood=understood, stars=None, at=coarse(at), by_id=None)
    return kept
