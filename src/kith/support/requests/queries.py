"""Reads of service requests."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from kith.kernel.subjects import Subject
from kith.people.ties.models import TieKind
from kith.people.ties.queries import ties_of
from kith.promises.commitments.models import Promise
from kith.promises.commitments.queries import open_about, unsettled
from kith.support.requests.models import RequestState, ServiceRequest
from kith.support.requests.rules import AGENTS

KIND = "request"
DUTY = "support"
ASKERS = (TieKind.CUSTOMER, TieKind.DEALER, TieKind.EMPLOYEE)


def may_ask(*, person_id: int, day: date) -> bool:
    """Say whether a person may ask for help here: customers, dealers and employees; one query."""
    return ties_of(person_id=person_id, day=day).filter(kind__in=ASKERS).exists()


def _owed_ids(person_id: int) -> list[int]:
    owed = unsettled().filter(Q(owner_id=person_id) | Q(escalated_to_id=person_id), kind=KIND)
    return [Subject.parse(stored).id for stored in owed.values_list("subject", flat=True)]


def visible_to(*, person_id: int | None, roles: Collection[str] = ()) -> QuerySet[ServiceRequest]:
    """Return the requests somebody may read: agents all, others their own and those whose answer they owe."""
    if person_id is None:
        return ServiceRequest.objects.none()
    found = ServiceRequest.objects.select_related("asker")
    if AGENTS & set(roles):
        return found
    return found.filter(Q(asker_id=person_id) | Q(pk__in=_owed_ids(person_id)))


def mine(*, person_id: int) -> QuerySet[ServiceRequest]:
    """Return what a person asked, newest first."""
    return visible_to(person_id=person_id).filter(asker_id=person_id).order_by("-asked_at", "-id")


def promise_of(asked: ServiceRequest) -> Promise | None:
    """Return the promise that owes the answer, None where none is owed."""
    return open_about(subject=Subject(KIND, asked.pk), kinds=[KIND]).first()


def with_promises(requests: Sequence[ServiceRequest]) -> list[tuple[ServiceRequest, Promise | None]]:
    """Return requests in the same order, each with the promise that owes its answer; one query."""
    subjects = [str(Subject(KIND, asked.pk)) for asked in requests]
    owed = {promise.subject: promise for promise in unsettled().filter(kind=KIND, subject__in=subjects)}
    return [(asked, owed.get(str(Subject(KIND, asked.pk)))) for asked in requests]


def waiting(*, person_id: int, roles: Collection[str], limit: int) -> list[tuple[ServiceRequest, Promise | None]]:
    """Return the open requests of others somebody may answer, soonest due first."""
    open_ones = visible_to(person_id=person_id, roles=roles).filter(state=RequestState.OPEN)
    found = with_promises(list(open_ones.exclude(asker_id=person_id).order_by("asked_at", "id")[:limit]))
    return sorted(found, key=lambda row: (row[1] is None, row[1].due_at if row[1] else row[0].asked_at, row[0].pk))
