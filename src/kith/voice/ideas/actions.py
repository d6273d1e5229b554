"""Writes of ideas by everybody: hand in, read, vote, comment, rate."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.folding import fold
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.kernel.subjects import Subject
from kith.people.persons.models import Person
from kith.voice.campaigns.models import Campaign
from kith.voice.campaigns.queries import takes_from, terms_of
from kith.voice.filings.actions import file
from kith.voice.filings.chain import content_hash, week_of
from kith.voice.ideas import telling
from kith.voice.ideas.comparing import signals_of
from kith.voice.ideas.facts import IdeaRated, IdeaRead, IdeaReopened, IdeaSubmitted
from kith.voice.ideas.kinds import READ
from kith.voice.ideas.models import Category, Comment, Idea, IdeaState, Visibility, Vote
from kith.voice.ideas.owing import drop_doing, keep_all, owe_answer, unit_of
from kith.voice.ideas.queries import KIND, promises_of
from kith.voice.ideas.rules import may_answer, may_rate
from kith.voice.ratings import actions as ratings

LONGEST = 10_000


def words_of(text: str, *, field: str, most: int) -> str:
    """Return a text without blanks around it; `BadInput` for none, too much, or what no page can show."""
    clean = text.strip()
    if not clean or len(clean) > most or "\0" in clean:
        raise BadInput(_("Write 1 to %d characters.") % most, field=field)
    return clean


def new_idea(*, title: str, text: str, category: Category, campaign: Campaign | None, at: datetime) -> Idea:
    """Return an idea made clean, not saved: words, terms, and the nonce of its filing."""
    title, text = words_of(title, field="title", most=150), words_of(text, field="text", most=LONGEST)
    return Idea(
        title=title,
        text=text,
        folded=fold(f"{title} {text}"),
        signals=signals_of(title=title, text=text),
        nonce=secrets.token_hex(16),
        category=category,
        campaign=campaign,
        terms=terms_of(campaign),
        submitted_at=at,
    )


def file_idea(idea: Idea, *, at: datetime) -> None:
    """Give an idea its entry in the chain. Last in its transaction: the others who hand in wait for it."""
    content = content_hash(nonce=idea.nonce, title=idea.title, text=idea.text)
    idea.filing = file(content=content, week=week_of(at))
    idea.save(update_fields=["filing"])


def submit(
    *,
    author: Person,
    title: str,
    text: str,
    at: datetime,
    category: Category = Category.OTHER,
    campaign: Campaign | None = None,
    visibility: Visibility = Visibility.ALL,
) -> Idea:
    """Take an idea; from the same moment somebody owes its author an answer by a time, and the author is told.

    `Refusal` where a campaign is over or asks others. Shown to a segment, it is that of its campaign.
    """
    if campaign is not None and not takes_from(campaign, person_id=author.pk, at=at):
        raise Refusal(_("This campaign is closed, or it asks others: post your idea without it."), field="campaign")
    segment = campaign.segment if campaign is not None and visibility == Visibility.SEGMENT else None
    if visibility == Visibility.SEGMENT and segment is None:
        raise BadInput(_("Only an idea for a campaign can be shown to those whom it asks."), field="visibility")
    with transaction.atomic():
        idea = new_idea(title=title, text=text, category=category, campaign=campaign, at=at)
        idea.author, idea.visibility, idea.segment = author, visibility, segment
        idea.save()
        promise = owe_answer(idea, at=at, by_id=author.pk)
        idea.unit_id = unit_of(promise.owner_id, at=at)
        idea.save(update_fields=["unit"])
        telling.received(idea, promise, at=at)
        publish(IdeaSubmitted(idea_id=idea.pk, author_id=author.pk), at=at, by_id=author.pk)
        file_idea(idea, at=at)
    return idea


def mark_read(*, idea: Idea, by: Person, roles: frozenset[str], at: datetime) -> Idea:
    """Say that whoever owes the answer has read the idea; its author is told, a second time changes nothing."""
    with transaction.atomic():
        kept = Idea.objects.select_for_update().get(pk=idea.pk)
        owed = promises_of(kept)
        if not may_answer(person_id=by.pk, roles=roles, idea=kept, promise=owed.get(READ) or owed.get(KIND)):
            raise NotAllowed(_("The one who owes the answer says that it was read."))
        if kept.received_at is None:
            kept.received_at = at
            kept.save(update_fields=["received_at"])
            keep_all(kept, kinds=[READ], proof=kept, at=at, by_id=by.pk)
            telling.tell("idea-read", kept, at=at, values={"name": by.name})
            publish(IdeaRead(idea_id=kept.pk), at=at, by_id=by.pk)
    return kept


def rate(*, idea: Idea, by: Person, understood: bool, stars: int | None, at: datetime, words: str = "") -> Idea:
    """Rate the answer. Not understood reopens the idea, once: another answer is owed."""
    with transaction.atomic():
        kept = Idea.objects.select_for_update().get(pk=idea.pk)
        if not may_rate(person_id=by.pk, idea=kept):
            raise Refusal(_("The author rates the answer, once."))
        if stars is not None:
            ratings.give(subject=Subject(KIND, kept.pk), person=by, stars=stars, words=words, at=at)
        settle_rating(kept, understood=understood, stars=stars, at=at, by_id=by.pk)
    return kept


def settle_rating(idea: Idea, *, understood: bool, stars: int | None, at: datetime, by_id: int | None) -> None:
    """Write down what the author of a locked idea says of the answer; not understood reopens it, once."""
    idea.understood, idea.rated_at = understood, at
    again = not understood and idea.reopened_at is None
    if again:
        idea.reopened_at = at
    idea.save()
    publish(IdeaRated(idea_id=idea.pk, understood=understood, stars=stars), at=at, by_id=by_id)
    if again:
        reopen(idea, reason=_("The answer was not one for the author."), at=at, by_id=by_id)


def reopen(idea: Idea, *, reason: str, at: datetime, by_id: int | None) -> None:
    """Let a locked, answered idea be owed another answer; what was to be done is no longer owed."""
    idea.state = IdeaState.OPEN
    idea.save(update_fields=["state"])
    drop_doing(idea, reason=reason, at=at, by_id=by_id)
    promise = owe_answer(idea, at=at, by_id=by_id, read=False, more_days=5 if idea.is_anonymous else 0)
    telling.received(idea, promise, at=at)
    publish(IdeaReopened(idea_id=idea.pk), at=at, by_id=by_id)


def vote(*, idea: Idea, by: Person, at: datetime, mine: bool = False) -> None:
    """Find an idea good, once; `mine` says that one had it too, and is told of the answer. Not one's own."""
    if idea.author_id == by.pk:
        raise Refusal(_("Your own idea has your vote already."))
    with transaction.atomic():
        kept, fresh = Vote.objects.get_or_create(idea=idea, person=by, defaults={"at": at, "mine": mine})
        if mine and not fresh and not kept.mine:
            kept.mine = True
            kept.save(update_fields=["mine"])


def comment(*, idea: Idea, by: Person, text: str, at: datetime) -> Comment:
    """Say something to an idea."""
    return Comment.objects.create(idea=idea, author=by, text=words_of(text, field="text", most=LONGEST), at=at)
