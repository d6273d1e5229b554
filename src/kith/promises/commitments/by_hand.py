"""Promises made by hand: somebody owes something to a person, or asks a person or a unit for it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.clock import local_date
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from kith.promises.commitments.actions import keep, open_promise
from kith.promises.commitments.clocks import end_of_day
from kith.promises.commitments.kinds import KINDS
from kith.promises.commitments.models import UNSETTLED, Promise
from kith.promises.commitments.owning import OwnerRule
from kith.promises.commitments.situations import line_of
from kith.promises.service import serving_ids, working_times

LONGEST = timedelta(days=366)
MOST_ASKED = 50
"""What one person may have asked for at a time: whoever asks for more is answered by nobody."""
_WORDS = 300


@dataclass(frozen=True)
class Wish:
    """What is to be owed: of which kind, in which words, about what (None: the person or unit itself), until when."""

    kind: str
    words: str
    about: Subject | None = None
    due_on: date | None = None


def kinds_by_hand() -> list[tuple[str, str]]:
    """Return code and label of the kinds anybody may promise."""
    return [(code, str(kind.label)) for code, kind in KINDS.items() if kind.by_hand]


def owe(*, owner: Person, to: Person, wish: Wish, at: datetime) -> Promise:
    """Let `owner` owe something to somebody, by their own word; due at the end of a working day of the owner."""
    if owner.pk == to.pk:
        raise BadInput(_("A promise is made to somebody else."), field="to")
    if to.deactivated_at is not None or to.merged_into_id is not None:
        raise BadInput(_("%s is no longer here.") % to.name, field="to")
    return _open(OwnerRule(person_id=owner.pk), wish, waiting=to, default=Subject("person", to.pk), at=at, by=owner)


def ask(*, waiting: Person, of: Person | Unit, wish: Wish, at: datetime) -> Promise:
    """Let a person or a unit (its manager, by the rules) owe something to `waiting`, who asks for it.

    Whoever is asked may pass it on, or withdraw it with a reason that `waiting` reads. `Refusal` beyond `MOST_ASKED`
    open ones of one person.
    """
    if isinstance(of, Person):
        if of.pk == waiting.pk:
            raise BadInput(_("Ask somebody else than yourself."), field="of")
        if of.pk not in serving_ids(person_ids=[of.pk], at=at):
            raise BadInput(_("%s is no longer in service.") % of.name, field="of")
        rule, default = OwnerRule(person_id=of.pk), Subject("person", of.pk)
    else:
        rule, default = OwnerRule(unit_id=of.pk), Subject("unit", of.pk)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=waiting.pk)
        open_ones = Promise.objects.filter(state__in=UNSETTLED, waiting_person=waiting).exclude(words="")
        if open_ones.count() >= MOST_ASKED:
            raise Refusal(_("You wait for %d things already. Let some be kept first.") % MOST_ASKED)
        return _open(rule, wish, waiting=waiting, default=default, at=at, by=waiting)


def _open(rule: OwnerRule, wish: Wish, *, waiting: Person, default: Subject, at: datetime, by: Person) -> Promise:
    words = " ".join(wish.words.split())
    if not 1 <= len(words) <= _WORDS:
        raise BadInput(_("Say in at most 300 characters what is owed."), field="words")
    if wish.kind not in KINDS or not KINDS.get(wish.kind).by_hand:
        raise BadInput(_("Choose one of the kinds of promise."), field="kind")
    return open_promise(
        kind=wish.kind,
        subject=wish.about or default,
        about=[default],
        owner=rule,
        words=words,
        due_at=_due(rule, wish.due_on, waiting=waiting, at=at) if wish.due_on else None,
        waiting_person_id=waiting.pk,
        at=at,
        by_id=by.pk,
    )


def _due(rule: OwnerRule, day: date, *, waiting: Person, at: datetime) -> datetime:
    """Return the end of a working day of whoever begins to owe it; refused where that is over or too far off."""
    line, _unit = line_of(rule, at=at)
    first = (line or (waiting.pk,))[0]
    working = working_times(person_ids=[first], at=at)[first]
    if not local_date(at, working.zone) <= day <= local_date(at, working.zone) + LONGEST:
        raise BadInput(_("Choose a day from today on, within a year."), field="due_on")
    due = end_of_day(working, day)
    if due <= at:
        raise BadInput(_("Work is over on that day: choose a later one."), field="due_on")
    return due


def done(promise: Promise, *, proof: str, at: datetime, by_id: int) -> Promise:
    """Keep a promise made by hand; its owner says in words how, and whoever waits reads it."""
    if not promise.words:
        raise Refusal(_("This promise is kept where its matter is: open that."))
    if promise.owner_id != by_id:
        raise Refusal(_("Only its owner can say that it was kept."))
    return keep(promise, proof=proof, at=at, by_id=by_id)
