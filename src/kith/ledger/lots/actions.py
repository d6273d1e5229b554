"""Writes of the ledger: every value is given, set aside, used and returned by these, and by nothing else.

Each opens or joins a transaction and locks the account and its lots by id (`locks`). Days default to the UTC date
of `at`; a caller who knows the holder's local date hands it in as `on`.
"""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.ledger.lots import locks
from kith.ledger.lots.debts import DEBT, settle
from kith.ledger.lots.kinds import KINDS, Kind
from kith.ledger.lots.models import Account, Entry, Lot
from kith.ledger.lots.queries import outstanding, unused_by_lot
from kith.ledger.lots.steps import Step
from kith.ledger.lots.taking import take


def grant(
    *,
    holder: Subject,
    kind: str,
    amount: Decimal,
    valid_from: date,
    at: datetime,
    expires_on: date | None = None,
    source: str = "",
    by_id: int | None = None,
    once: bool = False,
) -> Lot:
    """Give a holder an amount, usable from `valid_from` to `expires_on` (its last day, None: for ever).

    `once`: a lot of the same source is not given a second time, the first one is returned.
    """
    asked = _kind(kind)
    amount = asked.checked(amount)
    if expires_on is not None and expires_on < valid_from:
        raise BadInput(_("The last day lies before the first."), field="expires_on")
    with transaction.atomic():
        held = locks.hold(holder=str(holder), kind=kind)
        if once and (given := next((lot for lot in held if lot.source == source), None)):
            return given
        lot = Lot.objects.create(
            holder=str(holder), kind=kind, source=source, valid_from=valid_from, expires_on=expires_on, created_at=at
        )
        Entry.objects.create(lot=lot, amount=amount, step=Step.GRANT, at=at, effective_on=valid_from, by_id=by_id)
        if asked.negative_allowed:
            settle([*held, lot], at=at, on=at.date())
    return lot


def grant_many(
    *,
    holders: Collection[Subject],
    kind: str,
    amount: Decimal,
    valid_from: date,
    source: str,
    at: datetime,
    expires_on: date | None = None,
    by_id: int | None = None,
) -> int:
    """Give many holders the same amount of one source, those who have it already nothing; return how many got it.

    Three statements for a thousand holders: made for yearly grants to everybody. Debts are settled by the tick.
    """
    amount = _kind(kind).checked(amount)
    names = sorted({str(holder) for holder in holders})
    with transaction.atomic():
        Account.objects.bulk_create([Account(holder=name, kind=kind) for name in names], ignore_conflicts=True)
        list(Account.objects.select_for_update().filter(holder__in=names, kind=kind).order_by("holder").values("id"))
        given = set(Lot.objects.filter(holder__in=names, kind=kind, source=source).values_list("holder", flat=True))
        lots = Lot.objects.bulk_create(
            Lot(holder=name, kind=kind, source=source, valid_from=valid_from, expires_on=expires_on, created_at=at)
            for name in names
            if name not in given
        )
        Entry.objects.bulk_create(
            Entry(lot=lot, amount=amount, step=Step.GRANT, at=at, effective_on=valid_from, by_id=by_id) for lot in lots
        )
    return len(lots)


def reserve(
    *,
    holder: Subject,
    kind: str,
    amount: Decimal,
    reference: Subject,
    at: datetime,
    on: date | None = None,
    by_id: int | None = None,
) -> None:
    """Set an amount aside for `reference`, from lots valid on the day of use `on`, soonest to expire first.

    It counts from today on, whatever the day of use, so nothing is promised twice. `Refusal` when there is not
    enough. Whoever reserves several kinds in one transaction does so in the order of (holder, kind).
    """
    asked = _kind(kind)
    amount = asked.checked(amount)
    with transaction.atomic():
        lots = locks.hold(holder=str(holder), kind=kind)
        taking = take(lots, unused_by_lot(lots), amount, on=on or at.date())
        portions = taking.portions
        if taking.short:
            if not asked.negative_allowed:
                raise Refusal(
                    _("There is not enough left: %(left)s of %(asked)s.")
                    % {"left": asked.shown(amount - taking.short), "asked": asked.shown(amount)},
                    field="amount",
                )
            portions = [*portions, (_debt_lot(lots, holder=str(holder), kind=kind, at=at), taking.short)]
        Entry.objects.bulk_create(
            Entry(lot=lot, amount=portion, step=Step.RESERVE, reference=str(reference), at=at,
                  effective_on=at.date(), by_id=by_id)
            for lot, portion in portions
        )  # fmt: skip


def consume(*, reference: Subject, at: datetime, by_id: int | None = None) -> Decimal:
    """Turn everything reserved for `reference` into used; return the sum, zero on a second call."""
    return _answer(reference, of=Step.RESERVE, step=Step.CONSUME, at=at, by_id=by_id)


def release(*, reference: Subject, at: datetime, by_id: int | None = None) -> Decimal:
    """Give everything reserved for `reference` back to its lots; return the sum, zero on a second call."""
    return _answer(reference, of=Step.RESERVE, step=Step.RELEASE, at=at, by_id=by_id)


def give_back(*, reference: Subject, amount: Decimal, at: datetime, kind: str = "", by_id: int | None = None) -> None:
    """Return a used amount to the lots it came from, the last taken first (so to the one that lasts longest).

    `Refusal` when `reference` used less than that. `kind` says which, where a reference used several
    (`ValueError` without). A lot that has ended in the meantime expires again, by itself.
    """
    with transaction.atomic():
        used = [e for e in _held(reference, step=Step.CONSUME) if kind in {"", e.lot.kind}]
        kinds = {entry.lot.kind for entry in used}
        if len(kinds) > 1:
            message = f"{reference} used {sorted(kinds)}: say which kind comes back."
            raise ValueError(message)
        for name in kinds or ({kind} if kind else set()):
            amount = _kind(name).checked(amount)
        left, answers = amount, []
        for entry in reversed(used):
            portion = min(left, entry.left)  # type: ignore[attr-defined]
            if portion > 0:
                answers.append(_answering(entry, Step.RETURN, portion, at=at, by_id=by_id))
                left -= portion
        if left > 0:
            raise Refusal(_("More would come back than was used."), field="amount")
        Entry.objects.bulk_create(answers)


def adjust(*, lot: Lot, amount: Decimal, reference: Subject, at: datetime, by_id: int | None) -> Entry:
    """Correct what a lot was given, up or down; `Refusal` where more is in use than would be left."""
    kind = _kind(lot.kind)
    kind.checked(abs(amount))
    with transaction.atomic():
        lots = locks.hold(holder=lot.holder, kind=lot.kind)
        if unused_by_lot(lots)[lot.pk] + amount < 0 and not kind.negative_allowed:
            raise Refusal(_("More of it is used or reserved than would be left."), field="amount")
        return Entry.objects.create(
            lot=lot,
            amount=amount,
            step=Step.ADJUST,
            reference=str(reference),
            at=at,
            effective_on=at.date(),
            by_id=by_id,
        )


def _kind(code: str) -> Kind:
    return KINDS.get(code)


def _debt_lot(lots: list[Lot], *, holder: str, kind: str, at: datetime) -> Lot:
    """Return the lot that carries what a holder owes; it is given nothing and never ends."""
    found = next((lot for lot in lots if lot.source == DEBT), None)
    return found or Lot.objects.create(
        holder=holder, kind=kind, source=DEBT, valid_from=at.date(), expires_on=None, created_at=at
    )


def _held(reference: Subject, *, step: Step) -> list[Entry]:
    """Lock every account that `reference` touched and return its unanswered entries of `step`."""
    touched = Entry.objects.filter(reference=str(reference)).values_list("lot__holder", "lot__kind").distinct()
    locks.hold_all(touched)
    return list(outstanding(step=step, reference=str(reference)))


def _answering(entry: Entry, step: Step, amount: Decimal, *, at: datetime, by_id: int | None) -> Entry:
    return Entry(
        lot=entry.lot, amount=amount, step=step, reference=entry.reference, at=at, effective_on=at.date(),
        by_id=by_id, reverses=entry,
    )  # fmt: skip


def _answer(reference: Subject, *, of: Step, step: Step, at: datetime, by_id: int | None) -> Decimal:
    with transaction.atomic():
        held = _held(reference, step=of)
        Entry.objects.bulk_create(_answering(e, step, e.left, at=at, by_id=by_id) for e in held)  # type: ignore[attr-defined]
    return sum((entry.left for entry in held), Decimal(0))  # type: ignore[attr-defined]
