"""Writes of ideas: submit, answer, rate, vote, comment."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.folding import fold
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.kernel.subjects import Subject
from kith.messaging.wording.actions import send_wording
from kith.people.persons.models import Person
from kith.promises.actions import OwnerRule, keep, open_promise
from kith.promises.commitments.models import Promise
from kith.voice.ideas.facts import IdeaAnswered, IdeaRated, IdeaReopened, IdeaSubmitted
from kith.voice.ideas.models import Category, Comment, Idea, IdeaState, Reason, Vote
from kith.voice.ideas.queries import KIND, promise_of
from kith.voice.ideas.rules import may_answer, may_rate
from kith.voice.ideas.saying import in_words
from kith.voice.ratings import actions as ratings

LONGEST = 10_000
SHORTEST_NO = 20


def _words(text: str, *, field: str, most: int) -> str:
    clean = text.strip()
    if not clean or len(clean) > most or "\0" in clean:
        raise BadInput(_("Write 1 to %d characters.") % most, field=field)
    return clean


def _owe_answer(idea: Idea, *, at: datetime, by_id: int) -> Promise:
    return open_promise(
        kind=KIND,
        subject=Subject(KIND, idea.pk),
        owner=OwnerRule(manager_of=idea.author_id, duty_role="ideas"),
        waiting_person_id=idea.author_id,
        at=at,
        by_id=by_id,
    )


def _receipt(idea: Idea, promise: Promise, *, at: datetime) -> None:
    """Tell the author at once who owes the answer, and until when."""
    send_wording(
        code="voice.idea-received", to=[idea.author_id], at=at, about=Subject(KIND, idea.pk),
        values={
            "title": idea.title,
            "name": promise.owner.name if promise.owner else "",
            "due": in_words(promise.due_at, zone=idea.author.zone),
        },
        link=f"/ideas/{idea.public_id}/", dedupe_key=f"idea-received:{promise.pk}",
    )  # fmt: skip


def submit(*, author: Person, title: str, text: str, at: datetime, category: Category = Category.OTHER) -> Idea:
    """Take an idea; from the same moment somebody owes its author an answer by a time, and the author is told."""
    with transaction.atomic():
        idea = Idea.objects.create(
            author=author,
            title=_words(title, field="title", most=150),
            text=_words(text, field="text", most=LONGEST),
            folded=fold(f"{title} {text}"),
            category=category,
            submitted_at=at,
        )
        _receipt(idea, _owe_answer(idea, at=at, by_id=author.pk), at=at)
        publish(IdeaSubmitted(idea_id=idea.pk, author_id=author.pk), at=at, by_id=author.pk)
    return idea


def answer(
    *, idea: Idea, by: Person, roles: frozenset[str], state: IdeaState, text: str, at: datetime, reason: str = ""
) -> Idea:
    """Answer an idea and keep the promise; a no needs a reason and a sentence. The author is told."""
    with transaction.atomic():
        kept = Idea.objects.select_for_update().get(pk=idea.pk)
        promise = promise_of(kept)
        if kept.state != IdeaState.OPEN:
            raise Refusal(_("This idea has its answer already."))
        if not may_answer(person_id=by.pk, roles=roles, idea=kept, promise=promise):
            raise NotAllowed(_("The one who owes the answer gives it."))
        words = _words(text, field="text", most=LONGEST)
        if state == IdeaState.OPEN:
            raise BadInput(_("Say yes, done, or no."), field="state")
        if state == IdeaState.DECLINED and (reason not in Reason.values or len(words) < SHORTEST_NO):
            raise BadInput(_("A no needs a reason and at least one whole sentence."), field="reason")
        kept.state, kept.answer, kept.answered_by, kept.answered_at = state, words, by, at
        kept.reason = reason if state == IdeaState.DECLINED else ""
        kept.understood = kept.rated_at = None
        kept.save()
        ratings.take_back(subject=Subject(KIND, kept.pk), person=kept.author)
        if promise is not None:
            keep(promise, proof=Subject(KIND, kept.pk), at=at, by_id=by.pk)
        send_wording(
            code="voice.idea-answered", to=[kept.author_id], at=at, about=Subject(KIND, kept.pk),
            values={"title": kept.title, "name": by.name}, link=f"/ideas/{kept.public_id}/",
        )  # fmt: skip
        fact = IdeaAnswered(idea_id=kept.pk, author_id=kept.author_id, state=state.value)
        publish(fact, at=at, by_id=by.pk)
    return kept


def rate(*, idea: Idea, by: Person, understood: bool, stars: int | None, at: datetime, words: str = "") -> Idea:
    """Rate the answer. Not understood reopens the idea, once: another answer is owed."""
    with transaction.atomic():
        kept = Idea.objects.select_for_update().get(pk=idea.pk)
        if not may_rate(person_id=by.pk, idea=kept):
            raise Refusal(_("The author rates the answer, once."))
        kept.understood, kept.rated_at = understood, at
        if stars is not None:
            ratings.give(subject=Subject(KIND, kept.pk), person=by, stars=stars, words=words, at=at)
        reopens = not understood and kept.reopened_at is None
        if reopens:
            kept.state, kept.reopened_at = IdeaState.OPEN, at
        kept.save()
        publish(IdeaRated(idea_id=kept.pk, understood=understood, stars=stars), at=at, by_id=by.pk)
        if reopens:
            _receipt(kept, _owe_answer(kept, at=at, by_id=by.pk), at=at)
            publish(IdeaReopened(idea_id=kept.pk), at=at, by_id=by.pk)
    return kept


def vote(*, idea: Idea, by: Person, at: datetime) -> None:
    """Find an idea good, once; the author's own vote does not count."""
    if idea.author_id == by.pk:
        raise Refusal(_("Your own idea has your vote already."))
    Vote.objects.get_or_create(idea=idea, person=by, defaults={"at": at})


def comment(*, idea: Idea, by: Person, text: str, at: datetime) -> Comment:
    """Say something to an idea."""
    return Comment.objects.create(idea=idea, author=by, text=_words(text, field="text", most=LONGEST), at=at)
