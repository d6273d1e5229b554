"""Segments for programs: saved audiences, how many are in one, and making them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from kith.access.apitokens.auth import WRITES
from kith.access.endpoints.bodies import Body, Title
from kith.access.endpoints.paging import Paging, oldest
from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.kernel.texts import Text
from kith.people.segments import actions, queries
from kith.people.segments.models import Segment

router = Router(tags=["segments"])
builders = has_role("communications", "hr", "administrator")


class SegmentRow(Schema):
    """A saved audience; `sentence` says the rule in words."""

    id: UUID
    code: str | None
    name: dict[str, str]
    rule: dict[str, Any]
    sentence: str
    version: int
    updated_at: datetime


class SegmentOut(SegmentRow):
    """A saved audience with how many are in it today."""

    count: int


class SegmentPage(Schema):
    """A page of segments."""

    items: list[SegmentRow]
    next: str | None


class SegmentIn(Body):
    """A name by language, and a rule such as `{"attribute": "country", "is": ["VN"]}`; also `all`, `any`, `not`."""

    name: Annotated[Title, Field(min_length=1)]
    rule: dict[str, Any]


def _row(segment: Segment) -> SegmentRow:
    return SegmentRow(
        id=segment.public_id,
        code=segment.code,
        name=dict(segment.name),
        rule=segment.rule,
        sentence=queries.describe(rule=segment.rule),
        version=segment.version,
        updated_at=segment.updated_at,
    )


def _out(segment: Segment) -> SegmentOut:
    number = queries.count(rule=segment.rule, day=clock.now().date())
    return SegmentOut(**_row(segment).model_dump(), count=number)


def _segment(public_id: UUID) -> Segment:
    found = Segment.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such segment."))
    return found


@router.get("/segments", response=SegmentPage, summary="Segments")
@allow(builders)
def segments(request: PersonRequest, asked: Query[Paging]) -> SegmentPage:
    """List the saved audiences."""
    del request
    rows, following = oldest(Segment.objects.all(), asked)
    return SegmentPage(items=[_row(row) for row in rows], next=following)


@router.get("/segments/{uuid:public_id}", response=SegmentOut, summary="One segment")
@allow(builders, guards="segment")
def segment(request: PersonRequest, public_id: UUID) -> SegmentOut:
    """Show an audience with its head count."""
    del request
    return _out(_segment(public_id))


@router.post("/segments", auth=WRITES, response={201: SegmentOut}, summary="Make a segment")
@allow(builders)
def make(request: PersonRequest, body: SegmentIn) -> SegmentOut:
    """Save a new audience."""
    at = clock.now()
    name = Text({tag: words.strip() for tag, words in body.name.items()})
    return _out(actions.save_segment(name=name, rule=body.rule, at=at, by_id=request.person.pk))


@router.put("/segments/{uuid:public_id}", auth=WRITES, response=SegmentOut, summary="Change a segment")
@allow(builders, guards="segment")
def change(request: PersonRequest, public_id: UUID, body: SegmentIn) -> SegmentOut:
    """Save the next version of an audience."""
    kept, at = _segment(public_id), clock.now()
    name = Text({tag: words.strip() for tag, words in body.name.items()})
    return _out(actions.save_segment(name=name, rule=body.rule, at=at, by_id=request.person.pk, segment=kept))
