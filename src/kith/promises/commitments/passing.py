"""Passing on by rule: what leavers, absent and merged people owe finds its next owner by itself."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.refusals import Refusal
from kith.people.organizations.models import Unit
from kith.promises.commitments.actions import hand_over
from kith.promises.commitments.models import UNSETTLED, Promise
from kith.promises.commitments.owning import Asked, Chosen, Why
from kith.promises.commitments.records import change
from kith.promises.commitments.situations import decide, managers_above, unit_line
from kith.promises.duty.queries import holders
from kith.promises.service import away_until, service_of

BATCH = 500
_log = logging.getLogger("kith.promises")


def asked_of(promise: Promise, *, duty: tuple[int, ...], at: datetime) -> Asked:
    """Return the question who should own a promise from now on, its owner first; what is late is due now."""
    waiting = promise.waiting_person_id
    return Asked(
        line=(promise.accountable_id,),
        duty=duty,
        due_at=max(promise.due_at, at),
        never=frozenset({waiting} if waiting is not None and waiting != promise.owner_id else ()),
    )


def owners_now(promises: Sequence[Promise], *, at: datetime) -> list[Chosen | None]:
    """Return who should own each promise from now on, None where nobody at all is in service."""
    on_duty = holders(codes={promise.duty_role for promise in promises}, at=at)
    return decide([asked_of(p, duty=on_duty[p.duty_role], at=at) for p in promises], at=at)


def settle_owners(promises: Sequence[Promise], *, at: datetime) -> int:
    """Give each of the locked promises the owner it should have; return how many changed hands.

    Whoever replaced an absent owner keeps it when the other comes back. Where nobody at all is in service the
    promise stays as it is; the invariant of promises says so, and the next look tries again.
    """
    changed = 0
    for promise, chosen in zip(promises, owners_now(promises, at=at), strict=True):
        if chosen is None:
            _log.error("promise %s: nobody is in service for duty %s", promise.pk, promise.duty_role)
        elif chosen.person_id != promise.owner_id:
            hand_over(promise, to_id=chosen.person_id, rule=chosen.why, reason="", at=at)
            changed += 1
    return changed


def settle_of(*, person_ids: Collection[int], at: datetime) -> int:
    """Settle everything that the persons owe or that was escalated to them; return how many changed hands."""
    changed, last = 0, 0
    owed = Promise.objects.filter(state__in=UNSETTLED, owner_id__in=person_ids).order_by("id")
    while True:
        with transaction.atomic():
            batch = list(owed.filter(pk__gt=last).select_for_update(of=("self",))[:BATCH])
            if not batch:
                return changed
            last = batch[-1].pk
            changed += settle_owners(batch, at=at)


def pass_up(promise: Promise, *, reason: str, at: datetime, by_id: int | None, above: Collection[int] = ()) -> Promise:
    """Hand a promise to the manager of its owner, by the rules; where there is none to `above`, then to the duty.

    `Refusal` where nobody stands above. Its clock runs on.
    """
    with transaction.atomic():
        kept = Promise.objects.select_for_update().get(pk=promise.pk)
        if kept.is_settled:
            raise Refusal(_("It is settled already."))
        owner = kept.accountable_id
        manager = managers_above(person_ids=[owner], at=at).get(owner)
        line = (manager,) if manager is not None else tuple(key for key in above if key != owner)
        duty = tuple(key for key in holders(codes=[kept.duty_role], at=at)[kept.duty_role] if key != owner)
        never = frozenset({owner, *_never(kept)})
        chosen = decide([Asked(line=line, duty=duty, due_at=max(kept.due_at, at), never=never)], at=at)[0]
        if chosen is None or chosen.person_id in never:
            raise Refusal(_("Nobody stands above to decide it."))
        hand_over(kept, to_id=chosen.person_id, rule=Why.MANAGER, reason=reason, at=at, by_id=by_id)
    return kept


def hindered_owners(*, at: datetime) -> set[int]:
    """Return the owners who are no longer in service or away now."""
    owners = set(Promise.objects.filter(state__in=UNSETTLED).order_by().values_list("owner_id", flat=True).distinct())
    services = service_of(person_ids={owner for owner in owners if owner is not None}, at=at)
    gone = {key for key, found in services.items() if not found.serving}
    return gone | set(away_until(zones={key: found.zone for key, found in services.items()}, at=at))


def sweep(*, at: datetime) -> int:
    """Settle what is owed by anybody who left or is away, however that came about; return how many changed hands."""
    hindered = hindered_owners(at=at)
    return settle_of(person_ids=hindered, at=at) if hindered else 0


def follow_merge(*, unit: Unit, into: Unit, at: datetime) -> int:
    """Let the unit that took over owe what a merged unit owed.

    What the manager of the merged unit owned goes to the manager of the other one, by the rules; what had been
    handed to somebody else stays there. Returns how many changed hands.
    """
    changed = 0
    with transaction.atomic():
        owed = list(
            Promise.objects.filter(state__in=UNSETTLED, unit=unit).order_by("id").select_for_update(of=("self",))
        )
        on_duty = holders(codes={promise.duty_role for promise in owed}, at=at)
        line = unit_line(unit=into)
        moving = [promise for promise in owed if promise.owner_id == unit.manager_id]
        asked = [Asked(line=line, duty=on_duty[p.duty_role], due_at=max(p.due_at, at), never=_never(p)) for p in moving]
        for promise in owed:
            change(promise, unit_id=into.pk)
        for promise, chosen in zip(moving, decide(asked, at=at), strict=True):
            if chosen is not None and chosen.person_id != promise.owner_id:
                hand_over(promise, to_id=chosen.person_id, rule=chosen.why, reason="", at=at)
                changed += 1
    return changed


def _never(promise: Promise) -> frozenset[int]:
    return frozenset({promise.waiting_person_id} if promise.waiting_person_id is not None else ())
