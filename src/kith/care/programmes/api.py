"""Care programmes for programs: what they do for whom, and switching one on or off."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from kith.access.apitokens.auth import WRITES
from kith.access.endpoints.bodies import Body
from kith.access.endpoints.paging import Paging, oldest
from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.care.programmes import actions, queries
from kith.care.programmes.models import Programme
from kith.kernel.refusals import NotFound
from kith.people.segments.queries import describe

router = Router(tags=["programmes"])
carers = has_role("hr", "administrator")


class ProgrammeOut(Schema):
    """A programme with the version that holds: its moment, audience (rule and words), local hour and steps."""

    code: str
    name: dict[str, str]
    moment: str
    active: bool
    version: int | None
    rule: dict[str, Any] | None
    audience: str
    hour: int | None
    steps: list[dict[str, Any]]
    released_at: datetime | None


class ProgrammePage(Schema):
    """A page of programmes."""

    items: list[ProgrammeOut]
    next: str | None


class ProgrammeIn(Body):
    """Whether it runs."""

    active: bool


def _out(programme: Programme) -> ProgrammeOut:
    version = programme.current
    return ProgrammeOut(
        code=programme.code,
        name=dict(programme.name),
        moment=programme.moment,
        active=programme.is_active,
        version=version.version if version else None,
        rule=version.rule if version else None,
        audience=describe(rule=version.rule) if version else "",
        hour=version.hour if version else None,
        steps=list(version.steps) if version else [],
        released_at=version.released_at if version else None,
    )


def _programme(code: str) -> Programme:
    found = queries.programmes().filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no such programme."))
    return found


@router.get("/programmes", response=ProgrammePage, summary="Programmes")
@allow(carers)
def programmes(request: PersonRequest, asked: Query[Paging]) -> ProgrammePage:
    """List the care programmes."""
    del request
    rows, following = oldest(queries.programmes(), asked)
    return ProgrammePage(items=[_out(row) for row in rows], next=following)


@router.get("/programmes/{slug:code}", response=ProgrammeOut, summary="One programme")
@allow(carers, guards="programme")
def programme(request: PersonRequest, code: str) -> ProgrammeOut:
    """Show a care programme."""
    del request
    return _out(_programme(code))


@router.put("/programmes/{slug:code}", auth=WRITES, response=ProgrammeOut, summary="Switch a programme")
@allow(carers, guards="programme")
def switch(request: PersonRequest, code: str, body: ProgrammeIn) -> ProgrammeOut:
    """Switch a programme on or off; runs that have begun go on."""
    del request
    actions.switch(programme=_programme(code), on=body.active)
    return _out(_programme(code))
