"""Who may do what with an idea."""

from collections.abc import Collection

from kith.promises.commitments.models import Promise
from kith.voice.ideas.models import Idea, IdeaState

ANSWERERS = frozenset({"leadership", "administrator"})


def _has_a_hand(*, person_id: int, roles: frozenset[str], promise: Promise | None) -> bool:
    owes = promise is not None and person_id in {promise.owner_id, promise.escalated_to_id}
    return owes or bool(roles & ANSWERERS)


def may_answer(
    *, person_id: int, roles: frozenset[str], idea: Idea, promise: Promise | None, authors: Collection[int] = ()
) -> bool:
    """Say whether somebody answers an idea: who owes the answer or helps with it, or leadership; never an author.

    `authors` are those of the ideas that are answered with it.
    """
    if person_id in {idea.author_id, *authors} or idea.state != IdeaState.OPEN:
        return False
    return _has_a_hand(person_id=person_id, roles=roles, promise=promise)


def may_finish(*, person_id: int, roles: frozenset[str], promise: Promise | None) -> bool:
    """Say whether somebody reports that an idea was put into practice: who owes it or helps, or leadership."""
    return promise is not None and _has_a_hand(person_id=person_id, roles=roles, promise=promise)


def may_merge(*, person_id: int, roles: frozenset[str], promise: Promise | None, into: Promise | None) -> bool:
    """Say whether somebody merges two ideas: who owes the answer to either, or leadership."""
    return any(_has_a_hand(person_id=person_id, roles=roles, promise=each) for each in (promise, into))


def may_rate(*, person_id: int, idea: Idea) -> bool:
    """Say whether somebody rates the answer: the author, once an answer."""
    return person_id == idea.author_id and idea.state != IdeaState.OPEN and idea.rated_at is None


def may_attach(*, person_id: int, idea: Idea) -> bool:
    """Say whether somebody adds files: the author, until the idea is answered."""
    return person_id == idea.author_id and idea.state == IdeaState.OPEN
