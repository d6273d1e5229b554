"""Who may do what with a promise."""

from collections.abc import Collection

from kith.promises.commitments.models import Promise

MANAGING = frozenset({"administrator", "leadership"})


def may_steer(
    promise: Promise, *, person_id: int, roles: Collection[str], duties: Collection[str], manager_of_owner: int | None
) -> bool:
    """Say whether a person may pass a promise on, extend, pause or withdraw it.

    Its owner, whoever it was escalated to, the owner's manager, holders of its duty, administrators and leadership:
    never the one who waits for it, unless that one owns it.
    """
    if promise.owner_id == person_id:
        return True
    if promise.waiting_person_id == person_id:
        return False
    return (
        person_id in {promise.escalated_to_id, manager_of_owner}
        or promise.duty_role in duties
        or not MANAGING.isdisjoint(roles)
    )
