"""Notices for programs: how a notice stands with its audience."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel.refusals import NotFound
from kith.notices.publishing.queries import standing, visible_to

router = Router(tags=["notices"])


class NoticeOut(Schema):
    """A notice with counts by recipient state; they always add up to `audience`."""

    id: UUID
    state: str
    severity: str
    title: dict[str, str]
    version: int
    published_at: datetime | None
    due_at: datetime | None
    going_out: bool
    audience: int
    counts: dict[str, int]


@router.get("/notices/{uuid:public_id}", response=NoticeOut, summary="How a notice stands")
@allow(has_role("communications", "administrator"), guards="notice")
def one(request: HttpRequest, public_id: UUID) -> NoticeOut:
    """Return a notice with its counts."""
    caller = cast("PersonRequest", request)
    found = visible_to(person_id=caller.person.pk, roles=caller.roles).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such notice."))
    stands = standing(found)
    return NoticeOut(
        id=found.public_id,
        state=found.state,
        severity=found.severity,
        title=dict(found.title),
        version=found.version,
        published_at=found.published_at,
        due_at=found.due_at,
        going_out=stands.going_out,
        audience=stands.audience,
        counts={state.name.lower(): number for state, number in stands.counts.items()},
    )
