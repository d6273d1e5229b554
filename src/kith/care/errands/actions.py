"""Writes of errands: asked for by a programme, done by their owner, withdrawn when the person leaves the programme."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kith.care.errands.models import Errand
from kith.care.errands.queries import KIND, promise_of
from kith.kernel.refusals import BadInput, NotAllowed
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.people.persons.models import Person
from kith.promises.commitments.actions import keep, open_promise, withdraw
from kith.promises.commitments.models import Promise, State
from kith.promises.commitments.owning import OwnerRule


def run_errand(
    *, kind: str, run_id: int, position: int, person: Person, words: Text, duty: str | None, hours: int, at: datetime
) -> Errand:
    """Let the person's line manager (or whoever holds `duty`) owe an errand; once for a step of a run."""
    with transaction.atomic():
        errand, fresh = Errand.objects.get_or_create(
            run_id=run_id, position=position, defaults={"person": person, "words": words, "at": at}
        )
        if fresh:
            rule = OwnerRule(duty_role=duty) if duty else OwnerRule(manager_of=person.pk)
            promise = open_promise(
                kind=kind, subject=Subject(KIND, errand.pk), owner=rule, within=timedelta(hours=hours), at=at
            )
            errand.promise_id = promise.pk
            errand.save(update_fields=["promise_id"])
    return errand


def finish(*, errand: Errand, by: Person, note: str, at: datetime) -> Promise:
    """Say that an errand is done, in a few words that prove it; only its owner may."""
    promise = promise_of(errand)
    if promise.owner_id != by.pk:
        raise NotAllowed(_("Only whoever owes it can say that it is done."))
    if not note.strip():
        raise BadInput(_("Write in a few words how it went."), field="note")
    return keep(promise, proof=" ".join(note.split())[:500], at=at, by_id=by.pk)


def drop(*, run_ids: Collection[int], at: datetime) -> int:
    """Withdraw what is still owed for runs that ended early; say nothing of why. Return how many."""
    return _drop(Q(run_id__in=run_ids), at=at)


def drop_for(*, person_ids: Collection[int], at: datetime) -> int:
    """Withdraw what is still owed for persons who get nothing more, of runs that are done as well."""
    return _drop(Q(person_id__in=person_ids), at=at)


def _drop(which: Q, *, at: datetime) -> int:
    keys = Errand.objects.filter(which, promise_id__isnull=False).values_list("promise_id", flat=True)
    owed = list(Promise.objects.filter(pk__in=list(keys), state__in=(State.OPEN, State.PAUSED)))
    for promise in owed:
        withdraw(promise, reason=_("The programme has ended for this person."), at=at, by_id=None, by_its_owner=True)
    return len(owed)
