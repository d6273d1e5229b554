"""Reads of ideas."""

from collections.abc import Collection
from datetime import date

from django.db.models import BigIntegerField, Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Substr

from kith.kernel.subjects import Subject
from kith.people.segments.queries import matching
from kith.people.ties.queries import is_employee
from kith.promises.commitments.models import Promise
from kith.promises.commitments.queries import open_about, unsettled
from kith.voice.ideas.kinds import ANSWER, DO, OWED, READ
from kith.voice.ideas.models import Comment, Idea, IdeaState, Visibility, Vote
from kith.voice.ideas.rules import ANSWERERS

KIND = "idea"
"""The kind of subject that an idea is."""
NO_ROLES: frozenset[str] = frozenset()


def _owed_by(person_id: int) -> "QuerySet[Promise, dict[str, int]]":
    """Return the ids of the ideas about which a person owes or owed something last, or is asked to help."""
    hands = Q(owner_id=person_id) | Q(escalated_to_id=person_id)
    ids = Cast(Substr("subject", len(KIND) + 2), BigIntegerField())
    return Promise.objects.filter(hands, kind__in=OWED).annotate(idea_id=ids).values("idea_id")  # type: ignore[return-value]


def visible_to(*, person_id: int | None, day: date, roles: frozenset[str] = NO_ROLES) -> QuerySet[Idea]:
    """Return the ideas somebody may read: their own, those they answer, and (employees) those shown to them.

    `roles` that may answer every idea read every idea.
    """
    if person_id is None:
        return Idea.objects.none()
    found = Idea.objects.select_related("author", "answered_by").defer("folded", "signals")
    mine = Q(author_id=person_id) | Q(pk__in=_owed_by(person_id))
    if not is_employee(person_id=person_id, day=day):
        return found.filter(mine)
    if roles & ANSWERERS:
        return found
    return found.filter(
        mine
        | Q(visibility=Visibility.ALL)
        | Q(visibility=Visibility.SEGMENT, segment_id__in=_segments_with(person_id, day=day))
    )


def _segments_with(person_id: int, *, day: date) -> set[int]:
    shown = Idea.objects.filter(visibility=Visibility.SEGMENT).order_by()
    rules = dict(shown.values_list("segment_id", "segment__rule").distinct())
    return matching(rules=rules, person_id=person_id, day=day) if rules else set()


def _number_of(model: type[Vote] | type[Comment]) -> Coalesce:
    """Return how many rows of an idea's there are, counted for the rows that are shown and no others."""
    rows = model._default_manager.filter(idea_id=OuterRef("pk")).order_by().values("idea_id")  # noqa: SLF001  (Django's documented model API)
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def listed(*, person_id: int, day: date, roles: frozenset[str] = NO_ROLES) -> QuerySet[Idea]:
    """Return readable ideas, newest first, with votes, comments and whether the person voted."""
    voted = Vote.objects.filter(idea_id=OuterRef("pk"), person_id=person_id)
    return (
        visible_to(person_id=person_id, day=day, roles=roles)
        .annotate(
            votes_count=_number_of(Vote),
            comments_count=_number_of(Comment),
            voted=Exists(voted),
        )
        .order_by("-submitted_at", "-id")
    )


def promise_of(idea: Idea, *, kind: str = ANSWER) -> Promise | None:
    """Return the promise that owes the idea's answer (or another `kind`), None once it is kept."""
    return open_about(subject=Subject(KIND, idea.pk), kinds=[kind]).select_related("owner").first()


def promises_of(idea: Idea) -> dict[str, Promise]:
    """Return what is owed about an idea now, by kind: reading it, answering it, doing it. One query."""
    return {promise.kind: promise for promise in open_about(subject=Subject(KIND, idea.pk), kinds=[ANSWER, READ, DO])}


def together(idea: Idea) -> list[Idea]:
    """Return the ideas that were merged into one, oldest first, with their authors."""
    return list(Idea.objects.filter(merged_into=idea).select_related("author").order_by("id"))


def authors_of(ideas: Collection[Idea]) -> list[int]:
    """Return the persons whose ideas these are, each once; nobody for those without a name."""
    return list(dict.fromkeys(idea.author_id for idea in ideas if idea.author_id is not None))


def to_answer(*, person_id: int, roles: frozenset[str]) -> list[tuple[Idea, Promise]]:
    """Return the open ideas somebody may answer with what is owed, soonest due first: theirs, for answerers all.

    Never one's own idea, and not what is answered with another. Two queries.
    """
    owed = unsettled().filter(kind=ANSWER)
    if not roles & ANSWERERS:
        owed = owed.filter(Q(owner_id=person_id) | Q(escalated_to_id=person_id))
    others = owed.filter(Q(waiting_person_id=None) | ~Q(waiting_person_id=person_id))
    promises = {Subject.parse(promise.subject).id: promise for promise in others}
    alone = Q(merged_into=None) | ~Q(merged_into__state=IdeaState.OPEN)
    ideas = (
        Idea.objects.filter(alone, pk__in=list(promises))
        .select_related("author")
        .annotate(merged_count=Count("merged"))
    )
    found = {idea.pk: idea for idea in ideas}
    return [(found[key], promise) for key, promise in promises.items() if key in found]


def to_do(*, person_id: int, roles: frozenset[str]) -> list[tuple[Idea, Promise]]:
    """Return the ideas somebody owes to put into practice, soonest due first; answerers see all. Two queries."""
    owed = unsettled().filter(kind=DO)
    if not roles & ANSWERERS:
        owed = owed.filter(Q(owner_id=person_id) | Q(escalated_to_id=person_id))
    promises = {Subject.parse(promise.subject).id: promise for promise in owed}
    found = Idea.objects.select_related("author").in_bulk(list(promises))
    return [(found[key], promise) for key, promise in promises.items() if key in found]


def done() -> QuerySet[Idea]:
    """Return what people said and we did, newest first: ideas that everybody may read."""
    found = Idea.objects.filter(state=IdeaState.DONE, merged_into=None, visibility=Visibility.ALL)
    return found.select_related("author", "unit").prefetch_related("merged__author").order_by("-done_at", "-id")
