"""Who may do what with a service request."""

from kith.promises.commitments.models import Promise
from kith.support.requests.models import RequestState, ServiceRequest

AGENTS = frozenset({"agent", "administrator"})


def may_answer(*, person_id: int, roles: frozenset[str], asked: ServiceRequest, promise: Promise | None) -> bool:
    """Say whether somebody answers: agents, and whoever owes the answer; nobody their own, nothing once closed."""
    if person_id == asked.asker_id or asked.state == RequestState.CLOSED:
        return False
    owes = promise is not None and person_id in {promise.owner_id, promise.escalated_to_id}
    return owes or bool(roles & AGENTS)


def may_write(*, person_id: int, asked: ServiceRequest) -> bool:
    """Say whether somebody goes on writing, or closes it: the asker, until it is closed."""
    return person_id == asked.asker_id and asked.state != RequestState.CLOSED
