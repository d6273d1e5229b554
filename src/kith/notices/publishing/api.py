"""Notices for programs: how a notice stands with its audience, writing, publishing and withdrawing one."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from kith.access.apitokens.auth import WRITES
from kith.access.endpoints.bodies import Body, Instant, Title, Words
from kith.access.endpoints.commands import Key, answer_once
from kith.access.endpoints.paging import Paging, newest
from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import BadInput, NotFound
from kith.kernel.texts import Text
from kith.notices.publishing import actions
from kith.notices.publishing.models import Notice, NoticeState
from kith.notices.publishing.queries import standing, visible_to
from kith.notices.severities import Severity
from kith.people.segments.models import Segment

router = Router(tags=["notices"])
writers = has_role("communications", "administrator")


class NoticeRow(Schema):
    """A notice."""

    id: UUID
    state: str
    severity: str
    title: dict[str, str]
    version: int
    published_at: datetime | None
    due_at: datetime | None


class NoticeOut(NoticeRow):
    """A notice with counts by recipient state; they always add up to `audience`."""

    going_out: bool
    audience: int
    counts: dict[str, int]


class NoticePage(Schema):
    """A page of notices, the newest first."""

    items: list[NoticeRow]
    next: str | None


class WhichNotices(Paging):
    """Which notices."""

    state: NoticeState | None = None


class OptionIn(Body):
    """An answer that is offered; `kind` says what it counts as in a head count."""

    kind: Literal["safe", "help", "other"] = "other"
    label: Title


class NoticeIn(Body):
    """A draft, by language. `segment`: who must hear it. An urgent one needs a reason and every language."""

    title: Annotated[Title, Field(min_length=1)]
    body: Annotated[Words, Field(min_length=1)]
    severity: Severity = Severity.IMPORTANT
    reason: Annotated[str, Field(max_length=300)] = ""
    segment: UUID | None = None
    due_at: Instant | None = None
    needs_acknowledgement: bool = True
    drill: bool = False
    expires_at: Instant | None = None
    may_decline: bool = False
    options: Annotated[list[OptionIn], Field(max_length=5)] = []


def _row(found: Notice) -> NoticeRow:
    return NoticeRow(
        id=found.public_id,
        state=found.state,
        severity=found.severity,
        title=dict(found.title),
        version=found.version,
        published_at=found.published_at,
        due_at=found.due_at,
    )


def _out(found: Notice) -> NoticeOut:
    stands = standing(found, at=clock.now())
    return NoticeOut(
        **_row(found).model_dump(),
        going_out=stands.going_out,
        audience=stands.audience,
        counts=dict(stands.numbers),
    )


def _notice(request: PersonRequest, public_id: UUID) -> Notice:
    found = visible_to(person_id=request.person.pk, roles=request.roles).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such notice."))
    return found


def _segment(asked: UUID | None) -> Segment | None:
    if asked is None:
        return None
    found = Segment.objects.filter(public_id=asked).first()
    if found is None:
        raise BadInput(_("There is no such segment."), field="segment")
    return found


def _written(request: PersonRequest, body: NoticeIn, notice: Notice | None = None) -> Notice:
    return actions.write_draft(
        author=request.person,
        title=Text(**body.title),
        body=Text(**body.body),
        severity=body.severity,
        reason=body.reason,
        segment=_segment(body.segment),
        due_at=body.due_at,
        needs_acknowledgement=body.needs_acknowledgement,
        drill=body.drill,
        expires_at=body.expires_at,
        may_decline=body.may_decline,
        options=[option.model_dump() for option in body.options],
        at=clock.now(),
        notice=notice,
    )


@router.get("/notices", response=NoticePage, summary="Notices")
@allow(writers)
def notices(request: PersonRequest, asked: Query[WhichNotices]) -> NoticePage:
    """List notices, drafts too; a single one has its counts."""
    found = visible_to(person_id=request.person.pk, roles=request.roles)
    if asked.state is not None:
        found = found.filter(state=asked.state)
    rows, following = newest(found, asked)
    return NoticePage(items=[_row(row) for row in rows], next=following)


@router.get("/notices/{uuid:public_id}", response=NoticeOut, summary="How a notice stands")
@allow(writers, guards="notice")
def one(request: PersonRequest, public_id: UUID) -> NoticeOut:
    """Return a notice with its counts."""
    return _out(_notice(request, public_id))


@router.post("/notices", auth=WRITES, response={201: NoticeOut}, summary="Write a draft")
@allow(writers)
def write(request: PersonRequest, body: NoticeIn, key: Key) -> HttpResponse:
    """Write a draft; nobody hears of it before it is published."""
    return answer_once(request, key=key, body=body, act=lambda: (201, _out(_written(request, body))))


@router.put("/notices/{uuid:public_id}", auth=WRITES, response=NoticeOut, summary="Write over a draft")
@allow(writers, guards="notice")
def rewrite(request: PersonRequest, public_id: UUID, body: NoticeIn) -> NoticeOut:
    """Write over a draft; what is published is amended at the desk."""
    return _out(_written(request, body, _notice(request, public_id)))


def _once(request: PersonRequest, key: str, act: Callable[[], Notice]) -> HttpResponse:
    return answer_once(request, key=key, body=None, act=lambda: (200, _out(act())))


@router.post("/notices/{uuid:public_id}/publish", auth=WRITES, response=NoticeOut, summary="Publish a notice")
@allow(writers, guards="notice")
def publish(request: PersonRequest, public_id: UUID, key: Key) -> HttpResponse:
    """Send a draft to everyone in its segment; it goes out in the background."""
    found = _notice(request, public_id)
    return _once(request, key, lambda: actions.publish(notice=found, by=request.person, at=clock.now()))


@router.post("/notices/{uuid:public_id}/withdraw", auth=WRITES, response=NoticeOut, summary="Withdraw a notice")
@allow(writers, guards="notice")
def withdraw(request: PersonRequest, public_id: UUID, key: Key) -> HttpResponse:
    """Take a published notice back; what was acknowledged stays as proof."""
    found = _notice(request, public_id)
    return _once(request, key, lambda: actions.withdraw(notice=found, by=request.person, at=clock.now()))
