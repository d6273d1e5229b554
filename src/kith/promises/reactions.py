"""What promises do when people leave, go away or their unit is merged."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kith.kernel.facts import Told, listens
from kith.messaging.deliveries.actions import send_message
from kith.people.calendars.facts import AbsenceRecorded
from kith.people.organizations.facts import UnitMerged
from kith.people.organizations.models import Unit
from kith.people.persons.facts import PersonDeactivated
from kith.people.ties.facts import EmployeeLeft
from kith.promises.commitments import notes
from kith.promises.commitments.facts import (
    PromiseExtended,
    PromiseKept,
    PromiseOpened,
    PromiseOverdue,
    PromisePassedOn,
    PromisePaused,
    PromiseWithdrawn,
)
from kith.promises.commitments.models import Promise
from kith.promises.commitments.passing import follow_merge, settle_of
from kith.promises.commitments.showing import page_of
from kith.promises.commitments.situations import standing_unit
from kith.promises.duty.actions import replace_leavers


@listens(PersonDeactivated, name="promises.pass-on-deactivated")
def deactivated(told: Sequence[Told[PersonDeactivated]]) -> None:
    """Pass on what the persons owe, and the duties they hold."""
    person_ids = {each.fact.person_id for each in told}
    at = max(each.at for each in told)
    replace_leavers(person_ids=person_ids, at=at)
    settle_of(person_ids=person_ids, at=at)


@listens(EmployeeLeft, name="promises.pass-on-left")
def left(told: Sequence[Told[EmployeeLeft]]) -> None:
    """Pass on what is owed by those whose last day is over; the others are swept when it is."""
    person_ids = {each.fact.person_id for each in told}
    at = max(each.at for each in told)
    replace_leavers(person_ids=person_ids, at=at)
    settle_of(person_ids=person_ids, at=at)


@listens(AbsenceRecorded, name="promises.pass-on-absent")
def absent(told: Sequence[Told[AbsenceRecorded]]) -> None:
    """Pass on what falls due before somebody who is away now is back."""
    settle_of(person_ids={each.fact.person_id for each in told}, at=max(each.at for each in told))


@listens(UnitMerged, name="promises.follow-merge")
def merged(told: Sequence[Told[UnitMerged]]) -> None:
    """Let the unit that took over owe what the merged one owed."""
    for each in told:
        unit = Unit.objects.get(pk=each.fact.unit_id)
        follow_merge(unit=unit, into=standing_unit(unit_id=each.fact.into_id), at=each.at)


def _send(written: Sequence[notes.Note], *, at: datetime) -> None:
    pages = {row.pk: page_of(row) for row in Promise.objects.filter(pk__in=[note.about.id for note in written])}
    for note in written:
        send_message(message=replace(note.message, link=pages[note.about.id]), to=[note.person_id], at=at)


@listens(PromisePassedOn, name="promises.tell-passed-on")
def tell_passed_on(told: Sequence[Told[PromisePassedOn]]) -> None:
    """Tell the new owner, the old one and whoever waits that a promise is in other hands."""
    _send(notes.passed_on(told), at=max(each.at for each in told))


@listens(PromiseOverdue, name="promises.tell-overdue")
def tell_overdue(told: Sequence[Told[PromiseOverdue]]) -> None:
    """Tell the owner, the helper and whoever waits that a promise is overdue."""
    _send(notes.overdue(told), at=max(each.at for each in told))


@listens(PromiseExtended, name="promises.tell-extended")
def tell_extended(told: Sequence[Told[PromiseExtended]]) -> None:
    """Tell whoever waits that it takes longer, and why."""
    _send(notes.extended(told), at=max(each.at for each in told))


@listens(PromisePaused, name="promises.tell-paused")
def tell_paused(told: Sequence[Told[PromisePaused]]) -> None:
    """Tell whoever waits that the clock stands still, until when and why."""
    _send(notes.paused(told), at=max(each.at for each in told))


@listens(PromiseOpened, name="promises.tell-opened")
def tell_opened(told: Sequence[Told[PromiseOpened]]) -> None:
    """Tell of promises made by hand: whoever was asked, or whoever something was promised to."""
    _send(notes.opened(told), at=max(each.at for each in told))


@listens(PromiseKept, name="promises.tell-kept")
def tell_kept(told: Sequence[Told[PromiseKept]]) -> None:
    """Tell whoever waited for a promise made by hand what was done."""
    _send(notes.kept(told), at=max(each.at for each in told))


@listens(PromiseWithdrawn, name="promises.tell-withdrawn")
def tell_withdrawn(told: Sequence[Told[PromiseWithdrawn]]) -> None:
    """Tell whoever waited for a promise made by hand why it is owed no longer."""
    _send(notes.withdrawn(told), at=max(each.at for each in told))
