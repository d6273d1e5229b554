"""Writes of promises: opened, passed on, extended, paused, kept, withdrawn; each leaves an event and a fact."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.people.persons.models import Person
from kith.promises.commitments import facts
from kith.promises.commitments.clocks import due_after, due_after_pause
from kith.promises.commitments.kinds import KINDS
from kith.promises.commitments.models import Promise, State, What
from kith.promises.commitments.owning import Asked, OwnerRule, Why
from kith.promises.commitments.records import change, record, tell
from kith.promises.commitments.situations import decide, is_free_now, line_of
from kith.promises.duty.actions import ensure_duty
from kith.promises.duty.queries import holders
from kith.promises.service import working_times

LONGEST_EXTENSION = timedelta(days=180)
LONGEST_PAUSE = timedelta(days=90)


def open_promise(
    *,
    kind: str,
    subject: Subject,
    owner: OwnerRule | Person,
    at: datetime,
    due_at: datetime | None = None,
    within: timedelta | None = None,
    waiting_person_id: int | None = None,
    about: Collection[Subject] = (),
    words: str = "",
    by_id: int | None = None,
) -> Promise:
    """Let somebody owe something; `words` say what, where kind and subject do not (at most 300 characters).

    The owner comes from the rules (`owning`): named, else deputy, manager, duty; never the one who waits, unless
    nobody else is left. Due is an instant (`due_at`) or after working time of the owner (`within`, else that of the
    kind). `Refusal` only where nobody at all is in service.
    """
    promised = KINDS.get(kind)
    rule = owner if isinstance(owner, OwnerRule) else OwnerRule(person_id=owner.pk)
    within = within if within is not None else promised.within
    if due_at is None and within is None:
        message = f"A promise of kind {kind!r} needs due_at or within."
        raise ValueError(message)
    if due_at is not None and due_at <= at:
        raise BadInput(_("The due time lies in the past."), field="due_at")
    duty = rule.duty_role or promised.duty_role
    with transaction.atomic():
        line, unit_id = line_of(rule, at=at)
        ensure_duty(code=duty, at=at)
        owner_id, why, due = _owner_and_due(
            line, duty, due_at=due_at, within=within or timedelta(), never=waiting_person_id, at=at
        )
        stored = dict.fromkeys([str(subject), *map(str, about)])
        promise = Promise.objects.create(
            kind=kind, subject=str(subject), words=words, about=list(stored), owner_id=owner_id, unit_id=unit_id,
            waiting_person_id=waiting_person_id, duty_role=duty, chain=[owner_id], opened_at=at, first_due_at=due,
            due_at=due, next_check_at=due,
        )  # fmt: skip
        record(promise, What.OPENED, at=at, by_id=by_id, to_id=owner_id, until=due, rule=why)
        tell(facts.PromiseOpened, promise, at=at, by_id=by_id)
    return promise


def _owner_and_due(
    line: tuple[int, ...], duty: str, *, due_at: datetime | None, within: timedelta, never: int | None, at: datetime
) -> tuple[int, Why, datetime]:
    """Choose the owner for a due time, and the due time by the working calendar of the owner chosen."""
    on_duty = holders(codes=[duty], at=at)[duty]
    first = (line or on_duty)[:1]
    due = due_at or _due(first, within, at=at)
    asked = Asked(line=line, duty=on_duty, due_at=due, never=frozenset({never} if never is not None else ()))
    chosen = decide([asked], at=at)[0]
    if chosen is None:
        raise Refusal(_("Nobody is in service for the duty “%s”: name somebody first.") % duty)
    if due_at is None and (chosen.person_id,) != first:
        due = _due((chosen.person_id,), within, at=at)
    return chosen.person_id, chosen.why, due


def _due(person_ids: tuple[int, ...], within: timedelta, *, at: datetime) -> datetime:
    times = working_times(person_ids=person_ids, at=at)
    return due_after(times[person_ids[0]], at, within) if times else at + within


def keep(promise: Promise, *, proof: Subject | str, at: datetime, by_id: int | None) -> Promise:
    """Keep a promise. `proof` is the subject or the words that show it was done; keeping it again changes nothing."""
    words = str(proof).strip()
    if not 1 <= len(words) <= 500:  # noqa: PLR2004  (the column's length)
        raise BadInput(_("A proof has 1 to 500 characters."), field="proof")
    with transaction.atomic():
        kept = Promise.objects.select_for_update().get(pk=promise.pk)
        if kept.state == State.KEPT:
            return kept
        _refuse_settled(kept)
        change(kept, state=State.KEPT, kept_at=at, proof=words, paused_at=None, next_check_at=None)
        record(kept, What.KEPT, at=at, by_id=by_id, reason=words)
        tell(facts.PromiseKept, kept, at=at, by_id=by_id)
    return kept


def withdraw(promise: Promise, *, reason: str, at: datetime, by_id: int | None, by_its_owner: bool = False) -> Promise:
    """Let something no longer be owed, for a reason the one who waits can read; a second time changes nothing.

    Kinds that are not `withdrawable` are refused, unless the capability that owns the kind does it (`by_its_owner`).
    """
    reason = _reason(reason)
    if not by_its_owner and promise.kind in KINDS and not KINDS.get(promise.kind).withdrawable:
        raise Refusal(_("This is not withdrawn: it ends when it is kept. Pass it on or set a new due time instead."))
    with transaction.atomic():
        kept = Promise.objects.select_for_update().get(pk=promise.pk)
        if kept.state == State.WITHDRAWN:
            return kept
        _refuse_settled(kept)
        change(kept, state=State.WITHDRAWN, withdrawn_at=at, paused_at=None, next_check_at=None)
        record(kept, What.WITHDRAWN, at=at, by_id=by_id, reason=reason)
        tell(facts.PromiseWithdrawn, kept, at=at, by_id=by_id)
    return kept


def pass_on(promise: Promise, *, to: Person, reason: str, at: datetime, by_id: int | None) -> Promise:
    """Hand a promise to another person, who is in service and not away beyond its due time. Its clock runs on."""
    reason = _reason(reason)
    with transaction.atomic():
        kept = _locked(promise)
        if kept.owner_id == to.pk:
            raise Refusal(_("%s owns it already.") % to.name, field="to")
        if kept.waiting_person_id == to.pk:
            raise Refusal(_("Whoever waits for a promise cannot owe it."), field="to")
        free, standing = is_free_now(person=to, due_at=max(kept.due_at, at), at=at)
        if not standing.serving:
            raise Refusal(_("%s is no longer in service.") % to.name, field="to")
        if not free:
            raise Refusal(_("%s is away until after it is due.") % to.name, field="to")
        hand_over(kept, to_id=to.pk, rule=Why.NAMED, reason=reason, at=at, by_id=by_id)
    return kept


def hand_over(promise: Promise, *, to_id: int, rule: Why, reason: str, at: datetime, by_id: int | None = None) -> None:
    """Make somebody the owner of a locked promise, with event and fact."""
    from_id = promise.owner_id
    change(promise, owner_id=to_id, chain=[*promise.chain, to_id])
    record(promise, What.PASSED_ON, at=at, by_id=by_id, reason=reason, from_id=from_id, to_id=to_id, rule=rule)
    tell(facts.PromisePassedOn, promise, at=at, by_id=by_id, from_id=from_id or 0, why=rule.value)


def extend(promise: Promise, *, until: datetime, reason: str, at: datetime, by_id: int | None) -> Promise:
    """Let a promise take longer, once, for a reason that is shown to whoever waits."""
    reason = _reason(reason)
    with transaction.atomic():
        kept = _locked(promise)
        if kept.extended_at is not None:
            raise Refusal(_("A promise can be extended once; this one was."))
        if kept.state == State.PAUSED:
            raise Refusal(_("A paused promise cannot be extended; let its clock run first."))
        if until <= max(at, kept.due_at):
            raise BadInput(_("The new due time must be later than now and than the old one."), field="until")
        if until > kept.first_due_at + LONGEST_EXTENSION:
            raise BadInput(_("A promise is extended by at most 180 days."), field="until")
        change(kept, due_at=until, next_check_at=until, extended_at=at, level=0, overdue_at=None, escalated_to_id=None)
        record(kept, What.EXTENDED, at=at, by_id=by_id, reason=reason, until=until)
        tell(facts.PromiseExtended, kept, at=at, by_id=by_id)
    return kept


def pause(promise: Promise, *, next_check_at: datetime, reason: str, at: datetime, by_id: int | None) -> Promise:
    """Stop the clock of a promise until `next_check_at`, when it goes on by itself. What is overdue cannot pause."""
    reason = _reason(reason)
    with transaction.atomic():
        kept = _locked(promise)
        if kept.state == State.PAUSED:
            raise Refusal(_("It is paused already."))
        if kept.due_at <= at:
            raise Refusal(_("It is overdue: keep it, pass it on or extend it."))
        if not at < next_check_at <= at + LONGEST_PAUSE:
            raise BadInput(_("The next check lies after now and within 90 days."), field="next_check_at")
        change(kept, state=State.PAUSED, paused_at=at, next_check_at=next_check_at)
        record(kept, What.PAUSED, at=at, by_id=by_id, reason=reason, until=next_check_at)
        tell(facts.PromisePaused, kept, at=at, by_id=by_id)
    return kept


def resume(promise: Promise, *, at: datetime, by_id: int | None) -> Promise:
    """Let the clock of a paused promise go on: what working time was left is left again."""
    with transaction.atomic():
        kept = _locked(promise)
        if kept.state != State.PAUSED:
            raise Refusal(_("It is not paused."))
        go_on(kept, at=at, by_id=by_id)
    return kept


def go_on(promise: Promise, *, at: datetime, by_id: int | None = None) -> None:
    """End the pause of a locked promise, with event and fact."""
    working = working_times(person_ids=[promise.accountable_id], at=at)[promise.accountable_id]
    due = due_after_pause(working, paused_at=promise.paused_at or at, due_at=promise.due_at, at=at)
    change(promise, state=State.OPEN, paused_at=None, due_at=due, next_check_at=due)
    record(promise, What.RESUMED, at=at, by_id=by_id, until=due)
    tell(facts.PromiseResumed, promise, at=at, by_id=by_id)


def _locked(promise: Promise) -> Promise:
    kept = Promise.objects.select_for_update().get(pk=promise.pk)
    _refuse_settled(kept)
    return kept


def _refuse_settled(promise: Promise) -> None:
    if promise.state == State.KEPT:
        raise Refusal(_("It was kept already."))
    if promise.state == State.WITHDRAWN:
        raise Refusal(_("It was withdrawn."))


def _reason(words: str) -> str:
    words = " ".join(words.split())
    if not 1 <= len(words) <= 500:  # noqa: PLR2004  (the column's length)
        raise BadInput(_("Give a reason of at most 500 characters."), field="reason")
    return words
