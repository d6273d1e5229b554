"""Writes of privacy: erasing a person, asking for it, and deciding on it by a second person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from kith.kernel.clock import local_date
from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.people.persons.actions import deactivate
from kith.people.persons.models import Person
from kith.people.privacy.facts import ErasureAsked, ErasureDeclined, PersonErased
from kith.people.privacy.models import ErasureRequest, RequestState
from kith.people.privacy.queries import identities, waiting_of
from kith.people.privacy.shelf import HOLDINGS, Erased, Kept
from kith.people.privacy.traces import scrub, shared_sentence, traces_of
from kith.people.ties.actions import leave
from kith.people.ties.models import Tie, TieKind

A_MONTH = timedelta(days=30)
_LAST = "people."  # the others still look at names and numbers to find what is the person's


@dataclass(frozen=True)
class Done:
    """What an erasure did in one holding."""

    name: str
    label: StrOrPromise
    erased: Erased


@dataclass(frozen=True)
class Erasure:
    """What an erasure did: per holding, and in how many texts of others the person's names were taken out."""

    person_id: int
    holdings: tuple[Done, ...]
    texts: int
    kept: tuple[Kept, ...]

    @property
    def count(self) -> int:
        """How many rows were deleted or emptied."""
        return sum(done.erased.count for done in self.holdings) + self.texts


def erase(*, person: Person, at: datetime, by_id: int | None, dry_run: bool = False) -> Erasure:
    """Erase everything kept on a person but what a law keeps; `dry_run` does it all and takes it back.

    The person leaves first, so that what they owe passes on. `Refusal` when it was done already, or when the
    person is the last administrator. The row stays as an identifier that names nobody.
    """
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.merged_into_id or person.pk)
        if row.erased_at is not None:
            raise Refusal(_("This person was erased already."))
        erasure = _erase(row, at=at, by_id=by_id)
        publish(PersonErased(person_id=row.pk), at=at, by_id=by_id)
        if dry_run:
            transaction.set_rollback(True)
    return erasure


def _erase(row: Person, *, at: datetime, by_id: int | None) -> Erasure:
    keys = identities(person_id=row.pk)
    found = [traces_of(person_id=key) for key in keys]
    _leave(row, at=at, by_id=by_id)
    done = [
        Done(name, holding.label, holding.erase(person_id=key, at=at))
        for key in keys
        for name, holding in sorted(HOLDINGS.items(), key=lambda pair: (pair[0].startswith(_LAST), pair[0]))
    ]
    texts = sum(scrub(traces=traces) for traces in found)
    Person.objects.filter(pk__in=keys).update(erased_at=at)
    kept = [kept for one in done for kept in one.erased.kept]
    kept += [Kept(sentence, "GDPR art. 17(3)") for traces in found if (sentence := shared_sentence(traces))]
    return Erasure(row.pk, tuple(done), texts, tuple(dict.fromkeys(kept)))


def _leave(row: Person, *, at: datetime, by_id: int | None) -> None:
    day = local_date(at, row.zone)
    Tie.objects.filter(person=row, since__gt=day).delete()
    if Tie.objects.filter(person=row, kind=TieKind.EMPLOYEE, until=None).exists():
        leave(person=row, on=day, at=at, by_id=by_id)
    deactivate(person=row, at=at, by_id=by_id)


def ask(*, person: Person, reason: str, at: datetime, by_id: int) -> ErasureRequest:
    """Ask that a person be erased; who asks may be that person. A second request while one waits is the first."""
    words = " ".join(reason.split())
    if len(words) > 300:  # noqa: PLR2004  (the column's length)
        raise BadInput(_("Say why in at most 300 characters."), field="reason")
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        if row.erased_at is not None:
            raise Refusal(_("This person was erased already."))
        waiting = waiting_of(person_id=row.pk)
        if waiting is not None:
            return waiting
        made = ErasureRequest.objects.create(
            person=row, asked_by_id=by_id, asked_at=at, due_at=at + A_MONTH, reason=words
        )
        publish(ErasureAsked(person_id=row.pk, request_id=made.pk), at=at, by_id=by_id)
    return made


def _decide(request: ErasureRequest, *, by_id: int) -> ErasureRequest:
    row = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    if by_id in {row.asked_by_id, row.person_id}:
        raise NotAllowed(_("Somebody else decides: neither who asked, nor whom it is about."))
    if row.state != RequestState.WAITING:
        raise Refusal(_("This request was decided already."))
    return row


def approve(*, request: ErasureRequest, at: datetime, by_id: int) -> Erasure:
    """Erase as asked; only a second person may."""
    with transaction.atomic():
        row = _decide(request, by_id=by_id)
        erasure = erase(person=row.person, at=at, by_id=by_id)
        ErasureRequest.objects.filter(pk=row.pk).update(
            state=RequestState.DONE,
            decided_by_id=by_id,
            decided_at=at,
            count=erasure.count,
            kept=[[str(kept.sentence), str(kept.law)] for kept in erasure.kept],
        )
    return erasure


def decline(*, request: ErasureRequest, answer: str, at: datetime, by_id: int) -> None:
    """Decline with a reason, which the person can read; only a second person may."""
    words = " ".join(answer.split())
    if not 1 <= len(words) <= 300:  # noqa: PLR2004  (the column's length)
        raise BadInput(_("Say why not, in at most 300 characters."), field="answer")
    with transaction.atomic():
        row = _decide(request, by_id=by_id)
        row.state, row.decided_by_id, row.decided_at, row.answer = RequestState.DECLINED, by_id, at, words
        row.save(update_fields=["state", "decided_by_id", "decided_at", "answer"])
        publish(ErasureDeclined(person_id=row.person_id, request_id=row.pk), at=at, by_id=by_id)
