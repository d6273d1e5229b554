"""Looking at what is due: overdue promises climb to the manager, then to the duty, step by step until kept.

Each look moves `next_check_at` into the future, so nothing is looked at twice for one step and nothing is ever
looked at for the last time before it is settled.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kith.people.calendars.working import WorkingTime
from kith.promises.commitments import facts
from kith.promises.commitments.actions import go_on
from kith.promises.commitments.clocks import WORKING_DAY, next_look
from kith.promises.commitments.kinds import KINDS
from kith.promises.commitments.models import UNSETTLED, Promise, State, What
from kith.promises.commitments.owning import Asked
from kith.promises.commitments.passing import settle_owners
from kith.promises.commitments.records import change, record, tell
from kith.promises.commitments.situations import decide, managers_above
from kith.promises.duty.queries import holders
from kith.promises.service import working_times

BATCH = 200


def look(*, at: datetime) -> int:
    """Look at everything whose time has come; return at how many promises. Several may look at once."""
    looked = 0
    due = Promise.objects.filter(state__in=UNSETTLED, next_check_at__lte=at).order_by("next_check_at", "id")
    while True:
        with transaction.atomic():
            batch = list(due.select_for_update(skip_locked=True, of=("self",))[:BATCH])
            if not batch:
                return looked
            _look_at(batch, at=at)
            looked += len(batch)


def _look_at(batch: Sequence[Promise], *, at: datetime) -> None:
    for promise in batch:
        if promise.state == State.PAUSED:
            go_on(promise, at=at)
    late = [promise for promise in batch if promise.due_at <= at]
    for promise in batch:
        if promise not in late:
            change(promise, next_check_at=promise.due_at)
    if late:
        settle_owners(late, at=at)
        _escalate(late, at=at)


def _escalate(late: Sequence[Promise], *, at: datetime) -> None:
    """Take each promise one step up: level 1 the owner's manager, from level 2 on the holders of the duty in turn."""
    helpers = helpers_for(late, at=at)
    times = working_times(person_ids={p.accountable_id for p in late}, at=at)
    for promise, helper in zip(late, helpers, strict=True):
        level = promise.level + 1
        change(
            promise,
            level=level,
            overdue_at=promise.overdue_at or at,
            escalated_to_id=helper,
            next_check_at=_next(promise, times, at=at),
        )
        what = What.OVERDUE if level == 1 else What.ESCALATED
        record(promise, what, at=at, by_id=None, from_id=promise.owner_id, to_id=helper, until=promise.next_check_at)
        tell(facts.PromiseOverdue, promise, at=at, level=level, escalated_to_id=helper)


def _next(promise: Promise, times: dict[int, WorkingTime], *, at: datetime) -> datetime:
    pace = KINDS.get(promise.kind).pace if promise.kind in KINDS else WORKING_DAY
    working = times.get(promise.accountable_id)
    return next_look(working, at, pace) if working else at + pace


def helpers_for(late: Sequence[Promise], *, at: datetime) -> list[int | None]:
    """Return for each promise who is asked to help at its next level, None where there is nobody.

    Never its owner, and not whoever waits for it as long as there is anybody else.
    """
    on_duty = holders(codes={promise.duty_role for promise in late}, at=at)
    managers = managers_above(person_ids={p.accountable_id for p in late}, at=at)
    questions = []
    for promise in late:
        manager = managers.get(promise.accountable_id) if promise.level == 0 else None
        others = [p for p in on_duty[promise.duty_role] if p != promise.owner_id]
        turn = promise.level % len(others) if others else 0
        never = {p for p in (promise.owner_id, promise.waiting_person_id) if p is not None}
        questions.append(
            Asked(
                line=(manager,) if manager is not None else (),
                duty=tuple(others[turn:] + others[:turn]),
                due_at=at,
                never=frozenset(never),
            )
        )
    return [chosen.person_id if chosen is not None else None for chosen in decide(questions, at=at)]
