"""Reads of ideas."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kith.kernel.folding import query_tokens
from kith.kernel.subjects import Subject
from kith.people.ties.queries import is_employee
from kith.promises.commitments.models import Promise
from kith.promises.commitments.queries import open_about, unsettled
from kith.voice.ideas.models import Idea, Vote
from kith.voice.ideas.rules import ANSWERERS

KIND = "idea"
MOST_COMPARED = 200


def visible_to(*, person_id: int | None, day: date) -> QuerySet[Idea]:
    """Return the ideas somebody may read: employees read all, others only their own."""
    if person_id is None:
        return Idea.objects.none()
    found = Idea.objects.select_related("author", "answered_by")
    return found if is_employee(person_id=person_id, day=day) else found.filter(author_id=person_id)


def listed(*, person_id: int, day: date) -> QuerySet[Idea]:
    """Return readable ideas, newest first, with votes, comments and whether the person voted."""
    voted = Vote.objects.filter(idea_id=OuterRef("pk"), person_id=person_id)
    return (
        visible_to(person_id=person_id, day=day)
        .annotate(
            votes_count=Count("votes", distinct=True),
            comments_count=Count("comments", distinct=True),
            voted=Exists(voted),
        )
        .order_by("-submitted_at", "-id")
    )


def promise_of(idea: Idea) -> Promise | None:
    """Return the promise that owes the idea's answer, None once it is answered."""
    return open_about(subject=Subject(KIND, idea.pk), kinds=[KIND]).select_related("owner").first()


def similar(*, words: str, person_id: int, day: date, limit: int = 5) -> list[Idea]:
    """Return readable ideas that share words with what somebody is about to write, most shared first."""
    asked = [token for token in dict.fromkeys(query_tokens(words)) if len(token) > 2 or not token.isascii()][:12]  # noqa: PLR2004
    if not asked:
        return []
    any_word = Q(pk__in=[])
    for token in asked:
        any_word |= Q(folded__contains=token)
    found = visible_to(person_id=person_id, day=day).filter(any_word).order_by("-id")[:MOST_COMPARED]

    def shared(idea: Idea) -> int:
        own = set(query_tokens(f"{idea.title} {idea.text}"))
        return sum(token in own for token in asked)

    ranked = sorted(found, key=lambda idea: (-shared(idea), -idea.pk))
    return [idea for idea in ranked if shared(idea) * 2 >= len(asked)][:limit]


def to_answer(*, person_id: int, roles: frozenset[str]) -> list[tuple[Idea, Promise]]:
    """Return the open ideas somebody may answer with what is owed, soonest due first: theirs, for answerers all.

    Never one's own idea. Two queries.
    """
    owed = unsettled().filter(kind=KIND)
    if not roles & ANSWERERS:
        owed = owed.filter(Q(owner_id=person_id) | Q(escalated_to_id=person_id))
    promises = {Subject.parse(promise.subject).id: promise for promise in owed.exclude(waiting_person_id=person_id)}
    ideas = Idea.objects.select_related("author").in_bulk(list(promises))
    return [(ideas[key], promise) for key, promise in promises.items() if key in ideas]
