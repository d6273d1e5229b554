"""Promises as they are shown: with words for what they are about, an address, and how long somebody has waited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from kith.kernel.subjects import Described, Subject, describe
from kith.people.persons.queries import by_ids
from kith.portal.shell.words import when
from kith.promises.commitments.escalation import helpers_for
from kith.promises.commitments.kinds import KINDS
from kith.promises.commitments.models import Promise, PromiseEvent, State, What
from kith.promises.debts import Debt


@dataclass(frozen=True)
class Shown:
    """A promise for a reader. `link` is where its owner keeps it, else its own page; `matter` is what it is about."""

    promise: Promise
    label: str
    link: str
    days: int
    late: bool
    next: str = ""
    matter: Described | None = None

    @property
    def page(self) -> str:
        """The promise's own page."""
        return page_of(self.promise)

    @property
    def title(self) -> str:
        """What heads its own page: the kind alone where words say the rest."""
        return kind_label(self.promise.kind) if self.promise.words else self.label

    @property
    def tone(self) -> str:
        """The tone of its state."""
        if self.promise.state == State.KEPT:
            return "ok"
        return "danger" if self.late else "neutral"


def page_of(promise: Promise) -> str:
    """Return the address of a promise's own page."""
    return f"/promises/{promise.public_id}/"


def kind_label(code: str) -> str:
    """Return the words for a kind, its code where it is no longer on the shelf."""
    return str(KINDS.get(code).label) if code in KINDS else code


def subject_of(promise: Promise) -> Subject:
    """Return what a promise is about."""
    return Subject.parse(promise.subject)


def _label(promise: Promise, described: Described | None) -> str:
    kind = kind_label(promise.kind)
    if promise.words:
        return _("%(kind)s: %(subject)s") % {"kind": kind, "subject": promise.words}
    if described is None or not described.label:
        return kind
    return _("%(kind)s: %(subject)s") % {"kind": kind, "subject": described.label}


def _link(promise: Promise, described: Described | None) -> str:
    if promise.words:
        return page_of(promise)
    make = KINDS.get(promise.kind).link if promise.kind in KINDS else None
    if make is not None and described is not None:
        return make(subject_of(promise))
    return described.link if described is not None and described.link else page_of(promise)


def shown(promises: Iterable[Promise], *, person_id: int | None, at: datetime) -> list[Shown]:
    """Return promises in the same order, ready for a reader; what they may not know of a subject is left out."""
    rows = list(promises)
    described = describe(subjects={subject_of(row) for row in rows}, person_id=person_id)
    found = []
    for row in rows:
        about = described.get(subject_of(row))
        until = row.kept_at or row.withdrawn_at or at
        late = (row.state == State.OPEN and row.due_at <= at) or (row.kept_at is not None and row.kept_at > row.due_at)
        found.append(
            Shown(
                promise=row,
                label=_label(row, about),
                link=_link(row, about),
                days=max((until - row.opened_at).days, 0),
                late=late,
                matter=about,
            )
        )
    return found


def awaited(promises: Iterable[Promise], *, person_id: int | None, at: datetime) -> list[Shown]:
    """Return promises ready for whoever waits: each says why it stands still, and what happens next by itself.

    Queries grow with the height of the tree of units, not with the number of promises.
    """
    rows = shown(promises, person_id=person_id, at=at)
    running = [row.promise for row in rows if row.promise.state == State.OPEN]
    helpers = (
        dict(zip((promise.pk for promise in running), helpers_for(running, at=at), strict=True)) if running else {}
    )
    names = {key: person.name for key, person in by_ids(ids={key for key in helpers.values() if key}).items()}
    reasons = _reasons([row.promise.pk for row in rows])
    return [
        replace(
            row,
            next=_next(
                row, helper=names.get(helpers.get(row.promise.pk) or 0, ""), reason=reasons.get(row.promise.pk, "")
            ),
        )
        for row in rows
    ]


def _reasons(promise_ids: Sequence[int]) -> dict[int, str]:
    """Return for each promise why it was last paused or extended. One query."""
    events = PromiseEvent.objects.filter(promise_id__in=promise_ids, what__in=[What.PAUSED, What.EXTENDED])
    return dict(events.order_by("id").values_list("promise_id", "reason"))


def _next(row: Shown, *, helper: str, reason: str) -> str:
    """Return in one or two sentences what whoever waits should know of the clock."""
    promise, words = row.promise, []
    if promise.state == State.PAUSED and promise.next_check_at:
        words.append(_("The clock stands still until %(until)s.") % {"until": when(promise.next_check_at)})
    elif row.late and helper and promise.next_check_at:
        words.append(
            _("If nothing comes by %(until)s, %(who)s is told.") % {"until": when(promise.next_check_at), "who": helper}
        )
    elif row.late and promise.next_check_at:
        words.append(_("We look at it again at %(until)s.") % {"until": when(promise.next_check_at)})
    elif helper:
        words.append(_("If it is not kept by then, %(who)s is told.") % {"who": helper})
    if reason and (promise.state == State.PAUSED or promise.extended_at):
        words.append(_("Why: %(reason)s") % {"reason": reason})
    return " ".join(words)


@dataclass(frozen=True)
class Owed:
    """One line of what a person owes: a promise or a debt, told alike."""

    label: str
    link: str
    due_at: datetime | None
    waiting: str = ""


def owed_lines(promises: Sequence[Shown], debts: Sequence[Debt]) -> list[Owed]:
    """Return promises and debts in one list, soonest due first, those without a due time last."""
    lines = [
        Owed(
            label=item.label,
            link=item.link,
            due_at=item.promise.due_at,
            waiting=item.promise.waiting_person.name if item.promise.waiting_person else "",
        )
        for item in promises
    ]
    lines += [Owed(label=debt.label, link=debt.link, due_at=debt.due_at) for debt in debts]
    return sorted(lines, key=lambda line: (line.due_at is None, line.due_at.timestamp() if line.due_at else 0.0))
