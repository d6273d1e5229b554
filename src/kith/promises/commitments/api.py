"""Promises for programs: who owes what to whom until when, and the proof."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from kith.access.endpoints.paging import Paging, newest
from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.kernel.subjects import Subject
from kith.portal.feed.keys import Thing, public_keys, subjects_in, thing_of
from kith.promises.commitments.models import Promise, State
from kith.promises.commitments.queries import visible_to

router = Router(tags=["promises"])


class PromiseOut(Schema):
    """Something owed; `subject` is what it is about, `proof` what kept it."""

    id: UUID
    kind: str
    state: State
    subject: Thing | None
    about: list[Thing]
    owner: UUID | None
    waiting: UUID | None
    duty: str
    opened_at: datetime
    due_at: datetime
    overdue: bool
    kept_at: datetime | None


class PromisePage(Schema):
    """A page of promises, the newest first."""

    items: list[PromiseOut]
    next: str | None


class WhichPromises(Paging):
    """Which promises."""

    state: State | None = None
    kind: Annotated[str, Field(max_length=60)] = ""


def _keys(rows: Iterable[Promise]) -> dict[Subject, UUID]:
    return public_keys(subjects_in(stored for row in rows for stored in (row.subject, *row.about)))


def _out(promise: Promise, keys: dict[Subject, UUID], *, at: datetime) -> PromiseOut:
    about = [thing_of(stored, keys) for stored in promise.about]
    return PromiseOut(
        id=promise.public_id,
        kind=promise.kind,
        state=State(promise.state),
        subject=thing_of(promise.subject, keys),
        about=[thing for thing in about if thing is not None],
        owner=promise.owner.public_id if promise.owner else None,
        waiting=promise.waiting_person.public_id if promise.waiting_person else None,
        duty=promise.duty_role,
        opened_at=promise.opened_at,
        due_at=promise.due_at,
        overdue=promise.state == State.OPEN and promise.due_at <= at,
        kept_at=promise.kept_at,
    )


@router.get("/promises", response=PromisePage, summary="Promises")
@allow(signed_in)
def promises(request: PersonRequest, asked: Query[WhichPromises]) -> PromisePage:
    """List the promises one owes, waits for, helps with or answers for; overseers see all."""
    at = clock.now()
    found = visible_to(person=request.person, roles=request.roles, at=at)
    if asked.state is not None:
        found = found.filter(state=asked.state)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    rows, following = newest(found, asked)
    keys = _keys(rows)
    return PromisePage(items=[_out(row, keys, at=at) for row in rows], next=following)


@router.get("/promises/{uuid:public_id}", response=PromiseOut, summary="One promise")
@allow(signed_in, guards="promise")
def promise(request: PersonRequest, public_id: UUID) -> PromiseOut:
    """Show a promise."""
    at = clock.now()
    found = visible_to(person=request.person, roles=request.roles, at=at).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such promise."))
    return _out(found, _keys([found]), at=at)
