"""Merging what was said before: the same idea is answered once, and every author gets the answer and the credit."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import NotAllowed, Refusal
from kith.people.persons.models import Person
from kith.promises.commitments.actions import hand_over
from kith.promises.commitments.models import Promise
from kith.promises.commitments.owning import Why
from kith.voice.ideas import telling
from kith.voice.ideas.actions import reopen
from kith.voice.ideas.facts import IdeaAnswered, IdeaMerged, IdeaUnmerged
from kith.voice.ideas.kinds import ANSWER, READ
from kith.voice.ideas.models import Idea, IdeaState
from kith.voice.ideas.owing import keep_all
from kith.voice.ideas.queries import promises_of
from kith.voice.ideas.rules import may_merge

COPIED = (
    "state", "answer", "reason", "answered_by_id", "answered_at", "cost", "authority", "currency", "outcome",
    "outcome_link", "done_at",
)  # fmt: skip
"""What an idea merged into an answered one takes over."""


def merge(*, idea: Idea, into: Idea, by: Person, roles: frozenset[str], at: datetime) -> Idea:
    """Let an idea be answered together with another; what was merged into it comes along.

    Its author keeps their promise, now of whoever answers the other; where that has its answer, they get it at once.
    """
    with transaction.atomic():
        keys = {idea.pk, into.merged_into_id or into.pk}
        locked = {each.pk: each for each in Idea.objects.select_for_update().filter(pk__in=keys).order_by("id")}
        kept, root = locked[idea.pk], locked[into.merged_into_id or into.pk]
        _refuse(kept, root, by=by, roles=roles)
        for each in [kept, *Idea.objects.select_for_update().filter(merged_into=kept).order_by("id")]:
            each.merged_into, each.merged_at = root, at
            each.save(update_fields=["merged_into", "merged_at"])
            keep_all(each, kinds=[READ], proof=root, at=at, by_id=by.pk)
            if root.state == IdeaState.OPEN:
                _follow(each, root, at=at, by_id=by.pk)
                telling.tell("idea-merged", each, at=at, values={"other": root.title})
            elif each.state == IdeaState.OPEN:
                _take_over(each, root, at=at, by_id=by.pk)
            publish(IdeaMerged(idea_id=each.pk, into_id=root.pk), at=at, by_id=by.pk)
    return kept


def _refuse(idea: Idea, root: Idea, *, by: Person, roles: frozenset[str]) -> None:
    if idea.pk == root.pk:
        raise Refusal(_("An idea is not merged into itself."), field="into")
    if idea.merged_into_id is not None:
        raise Refusal(_("It is merged already: take it out first."))
    if idea.state != IdeaState.OPEN:
        raise Refusal(_("This idea has its answer already."))
    promise, other = promises_of(idea).get(ANSWER), promises_of(root).get(ANSWER)
    if not may_merge(person_id=by.pk, roles=roles, promise=promise, into=other):
        raise NotAllowed(_("Whoever owes the answer to one of the two merges them."))


def _follow(idea: Idea, root: Idea, *, at: datetime, by_id: int) -> None:
    """Let whoever answers the root own the promise to this author too, unless that is the author."""
    mine, theirs = promises_of(idea).get(ANSWER), promises_of(root).get(ANSWER)
    if mine is None or theirs is None or theirs.owner_id in {None, mine.owner_id, mine.waiting_person_id}:
        return
    locked = Promise.objects.select_for_update().get(pk=mine.pk)
    hand_over(locked, to_id=theirs.accountable_id, rule=Why.NAMED, reason="", at=at, by_id=by_id)


def _take_over(idea: Idea, root: Idea, *, at: datetime, by_id: int) -> None:
    """Give an idea the answer that its root has; its author is told, and says whether it is one."""
    for name in COPIED:
        setattr(idea, name, vars(root)[name])
    idea.answered_at = at
    idea.received_at = idea.received_at or at
    idea.understood = idea.rated_at = None
    idea.save()
    keep_all(idea, kinds=[ANSWER, READ], proof=root, at=at, by_id=by_id)
    telling.tell("idea-answered", idea, at=at, values={"name": root.answered_by.name if root.answered_by else ""})
    publish(IdeaAnswered(idea_id=idea.pk, author_id=idea.author_id, state=idea.state), at=at, by_id=by_id)


def unmerge(*, idea: Idea, by: Person, roles: frozenset[str], at: datetime) -> Idea:
    """Take an idea out again: the two are not the same. An answer it got through the other does not count for it."""
    with transaction.atomic():
        kept = Idea.objects.select_for_update().get(pk=idea.pk)
        if kept.merged_into is None:
            raise Refusal(_("It is not merged into another."))
        root = kept.merged_into
        promise, other = promises_of(kept).get(ANSWER), promises_of(root).get(ANSWER)
        decided = by.pk == root.answered_by_id
        if not decided and not may_merge(person_id=by.pk, roles=roles, promise=promise, into=other):
            raise NotAllowed(_("Whoever owes the answer to one of the two takes them apart."))
        through = kept.merged_at is not None and kept.answered_at is not None and kept.answered_at >= kept.merged_at
        kept.merged_into = kept.merged_at = None
        kept.save(update_fields=["merged_into", "merged_at"])
        if kept.state != IdeaState.OPEN and through:
            reopen(kept, reason=_("It was merged by mistake."), at=at, by_id=by.pk)
        publish(IdeaUnmerged(idea_id=kept.pk, from_id=root.pk), at=at, by_id=by.pk)
    return kept
