"""Writes of service requests: ask, answer, write again, close."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.clock import local_date
from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.kernel.subjects import Subject
from kith.messaging.wording.actions import send_wording
from kith.people.persons.models import Person
from kith.promises.actions import OwnerRule, keep, open_promise, withdraw
from kith.support.requests.facts import RequestAnswered, RequestClosed, RequestOpened, RequestReopened
from kith.support.requests.models import RequestState, Saying, ServiceRequest, Topic
from kith.support.requests.queries import DUTY, KIND, may_ask, promise_of
from kith.support.requests.rules import may_answer, may_write

LONGEST_TITLE = 150
LONGEST = 10_000


def _words(text: str, *, field: str, most: int) -> str:
    clean = text.strip()
    if not clean or len(clean) > most or "\0" in clean:
        raise BadInput(_("Write 1 to %d characters.") % most, field=field)
    return clean


def _owe_answer(asked: ServiceRequest, *, at: datetime) -> None:
    open_promise(
        kind=KIND, subject=Subject(KIND, asked.pk), owner=OwnerRule(duty_role=DUTY),
        waiting_person_id=asked.asker_id, at=at, by_id=asked.asker_id,
    )  # fmt: skip


def ask(*, asker: Person, title: str, text: str, at: datetime, topic: Topic = Topic.OTHER) -> ServiceRequest:
    """Ask for help; from the same moment somebody owes an answer by a time. Customers and employees may."""
    if not may_ask(person_id=asker.pk, day=local_date(at, asker.zone)):
        raise NotAllowed(_("Customers and employees may ask for help here."))
    with transaction.atomic():
        asked = ServiceRequest.objects.create(
            asker=asker, topic=topic, title=_words(title, field="title", most=LONGEST_TITLE), asked_at=at
        )
        words = _words(text, field="text", most=LONGEST)
        Saying.objects.create(request=asked, author=asker, ours=False, text=words, at=at)
        _owe_answer(asked, at=at)
        publish(RequestOpened(request_id=asked.pk, asker_id=asker.pk), at=at, by_id=asker.pk)
    return asked


def answer(*, asked: ServiceRequest, by: Person, roles: frozenset[str], text: str, at: datetime) -> Saying:
    """Answer a request and keep the promise; whoever asked is told. A second answer adds to the first."""
    with transaction.atomic():
        kept = ServiceRequest.objects.select_for_update().get(pk=asked.pk)
        promise = promise_of(kept)
        if kept.state == RequestState.CLOSED:
            raise Refusal(_("This request is closed."))
        if not may_answer(person_id=by.pk, roles=roles, asked=kept, promise=promise):
            raise NotAllowed(_("The one who owes the answer gives it, or another agent."))
        words = _words(text, field="text", most=LONGEST)
        saying = Saying.objects.create(request=kept, author=by, ours=True, text=words, at=at)
        kept.state, kept.answered_at = RequestState.ANSWERED, at
        kept.save(update_fields=["state", "answered_at"])
        if promise is not None:
            keep(promise, proof=Subject(KIND, kept.pk), at=at, by_id=by.pk)
        send_wording(
            code="support.request-answered", to=[kept.asker_id], at=at, about=Subject(KIND, kept.pk),
            values={"title": kept.title, "name": by.name}, link=f"/support/{kept.public_id}/",
            dedupe_key=f"request-answered:{saying.pk}",
        )  # fmt: skip
        publish(RequestAnswered(request_id=kept.pk, asker_id=kept.asker_id), at=at, by_id=by.pk)
    return saying


def write_again(*, asked: ServiceRequest, by: Person, text: str, at: datetime) -> Saying:
    """Go on writing; after an answer this owes the asker another one."""
    with transaction.atomic():
        kept = ServiceRequest.objects.select_for_update().get(pk=asked.pk)
        if not may_write(person_id=by.pk, asked=kept):
            raise Refusal(_("Only who asked goes on writing, until the request is closed."))
        words = _words(text, field="text", most=LONGEST)
        saying = Saying.objects.create(request=kept, author=by, ours=False, text=words, at=at)
        if kept.state == RequestState.ANSWERED:
            kept.state = RequestState.OPEN
            kept.save(update_fields=["state"])
            _owe_answer(kept, at=at)
            publish(RequestReopened(request_id=kept.pk, asker_id=kept.asker_id), at=at, by_id=by.pk)
    return saying


def close(*, asked: ServiceRequest, by: Person, at: datetime) -> ServiceRequest:
    """Close a request: its asker is content, or needs no answer any more (what is owed is withdrawn)."""
    with transaction.atomic():
        kept = ServiceRequest.objects.select_for_update().get(pk=asked.pk)
        if not may_write(person_id=by.pk, asked=kept):
            raise Refusal(_("Only who asked closes a request, once."))
        promise = promise_of(kept)
        if promise is not None:
            withdraw(promise, reason=_("Closed by the one who asked."), at=at, by_id=by.pk)
        kept.state, kept.closed_at = RequestState.CLOSED, at
        kept.save(update_fields=["state", "closed_at"])
        publish(RequestClosed(request_id=kept.pk, asker_id=kept.asker_id), at=at, by_id=by.pk)
    return kept
