"""Who may do what with an idea."""

from kith.promises.commitments.models import Promise
from kith.voice.ideas.models import Idea, IdeaState

ANSWERERS = frozenset({"leadership", "administrator"})


def may_answer(*, person_id: int, roles: frozenset[str], idea: Idea, promise: Promise | None) -> bool:
    """Say whether somebody answers an idea: who owes the answer or helps with it, or leadership; never the author."""
    if person_id == idea.author_id or idea.state != IdeaState.OPEN:
        return False
    owes = promise is not None and person_id in {promise.owner_id, promise.escalated_to_id}
    return owes or bool(roles & ANSWERERS)


def may_rate(*, person_id: int, idea: Idea) -> bool:
    """Say whether somebody rates the answer: the author, once an answer."""
    return person_id == idea.author_id and idea.state != IdeaState.OPEN and idea.rated_at is None
