"""What must hold of promises at every moment, put on the kernel's shelf."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q

from kith.kernel import clock
from kith.kernel.invariants import INVARIANTS, Invariant
from kith.promises.commitments.models import UNSETTLED, Promise
from kith.promises.commitments.replaying import BrokenLogError, Clock, replay
from kith.promises.duty.models import DutyRole
from kith.promises.service import serving_ids

GRACE = timedelta(minutes=15)
"""How long passing on may take: who left less than that ago may still own something."""
SHOWN = 50


def ownerless() -> Sequence[str]:
    """Return a line for each open promise whose owner left, or that has no owner or no due time."""
    rows = list(Promise.objects.filter(state__in=UNSETTLED).order_by("id").values_list("id", "owner_id", "due_at"))
    owners = {owner for _id, owner, _due in rows if owner is not None}
    serving = serving_ids(person_ids=owners, at=clock.now() - GRACE)
    wrong = [(key, owner, due) for key, owner, due in rows if owner not in serving or due is None]
    return [f"Promise {key} is owed by {owner or 'nobody'}, due {due or 'never'}." for key, owner, due in wrong[:SHOWN]]


def unlooked() -> Sequence[str]:
    """Return a line for each open promise that nobody looked at in time."""
    late = Promise.objects.filter(
        Q(next_check_at__isnull=True) | Q(next_check_at__lt=clock.now() - GRACE), state__in=UNSETTLED
    )
    return [f"Promise {p.pk} was to be looked at {p.next_check_at}." for p in late.order_by("id")[:SHOWN]]


def differs(promise: Promise, clock: Clock) -> list[str]:
    """Return the names of what a promise's row says otherwise than its log."""
    said = {
        "state": promise.state,
        "opened_at": promise.opened_at,
        "first_due_at": promise.first_due_at,
        "due_at": promise.due_at,
        "next_check_at": promise.next_check_at,
        "chain": tuple(promise.chain),
        "extended_at": promise.extended_at,
        "paused_at": promise.paused_at,
        "overdue_at": promise.overdue_at,
        "level": promise.level,
        "escalated_to_id": promise.escalated_to_id,
        "settled_at": promise.kept_at or promise.withdrawn_at,
    }
    return [name for name, value in said.items() if value != vars(clock)[name]]


def unlike_its_log() -> Sequence[str]:
    """Return a line for each open promise whose row is not what its events add up to."""
    wrong: list[str] = []
    for promise in Promise.objects.filter(state__in=UNSETTLED).prefetch_related("events").order_by("id").iterator(500):
        try:
            names = differs(promise, replay(promise.events.all()))
        except BrokenLogError as error:
            names = [str(error)]
        if names:
            wrong.append(f"Promise {promise.pk} is not what its log says: {', '.join(names)}.")
        if len(wrong) == SHOWN:
            break
    return wrong


def unheld() -> Sequence[str]:
    """Return a line for each duty that nobody in service holds."""
    at = clock.now() - GRACE
    roles = DutyRole.objects.prefetch_related("holders").order_by("code")
    held = {role.code: {holder.person_id for holder in role.holders.all()} for role in roles}
    serving = serving_ids(person_ids={person for persons in held.values() for person in persons}, at=at)
    return [f"Nobody in service holds the duty {code}." for code, persons in held.items() if not persons & serving]


INVARIANTS.put(
    "promises.owner-and-due",
    Invariant("Every open promise has an owner in service and a due time.", ownerless),
)
INVARIANTS.put("promises.looked-at", Invariant("Every open promise is looked at when its time comes.", unlooked))
INVARIANTS.put("promises.duty-held", Invariant("Every duty is held by somebody in service.", unheld))
INVARIANTS.put("promises.replayed", Invariant("Every open promise is what its events add up to.", unlike_its_log))
