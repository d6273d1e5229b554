"""Persons, ties, units and sites for programs."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from kith.access.endpoints.paging import Paging, newest, oldest
from kith.access.policies import allow, employee, signed_in
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import BadInput, NotFound
from kith.people.calendars.queries import absent_ids
from kith.people.organizations.models import Organization, Site, Unit
from kith.people.persons.by_name import cursor, is_cursor
from kith.people.persons.models import Person
from kith.people.persons.queries import by_ids
from kith.people.ties.models import Tie, TieKind
from kith.people.ties.queries import managers_of
from kith.portal.directory.queries import listed, placements, ties_visible_to, visible_to

router = Router(tags=["people"])


class PersonOut(Schema):
    """A person as colleagues see them. `unit`, `site`: codes, null for who is no employee."""

    id: UUID
    name: str
    full_name: str
    zone: str
    title: str
    unit: str | None
    site: str | None
    manager: UUID | None
    away: bool


class PersonPage(Schema):
    """A page of persons by name."""

    items: list[PersonOut]
    next: str | None


class Me(PersonOut):
    """Who a token speaks for."""

    language: str
    roles: list[str]
    scopes: list[str]


class WhichPersons(Paging):
    """Which persons."""

    q: Annotated[str, Field(max_length=200, description="Words of the name.")] = ""
    site: Annotated[str, Field(max_length=40, description="The code of a site.")] = ""


def _persons(rows: list[Person]) -> list[PersonOut]:
    """Return persons with place, manager and presence; five queries for any number."""
    at = clock.now()
    ids = [row.pk for row in rows]
    places = placements(person_ids=ids, day=at.date())
    managers = managers_of(person_ids=ids, day=at.date())
    named = by_ids(ids={key for key in managers.values() if key is not None})
    away = absent_ids(person_ids=ids, at=at)
    return [
        PersonOut(
            id=row.public_id,
            name=row.name,
            full_name=row.full_name,
            zone=row.zone,
            title=places[row.pk].title if row.pk in places else "",
            unit=places[row.pk].unit.code if row.pk in places else None,
            site=places[row.pk].site.code if row.pk in places else None,
            manager=named[key].public_id if (key := managers.get(row.pk)) in named and key is not None else None,
            away=row.pk in away,
        )
        for row in rows
    ]


@router.get("/me", response=Me, summary="Who this token speaks for")
@allow(signed_in)
def me(request: PersonRequest) -> Me:
    """Return the token's person with roles and scopes."""
    mine = _persons([request.person])[0]
    return Me(
        **mine.model_dump(),
        language=request.person.language,
        roles=sorted(request.roles),
        scopes=sorted(request.scopes or ()),
    )


@router.get("/persons", response=PersonPage, summary="Persons")
@allow(signed_in)
def persons(request: PersonRequest, asked: Query[WhichPersons]) -> PersonPage:
    """List colleagues by name; who is no employee sees themselves only."""
    if asked.cursor and not is_cursor(asked.cursor):
        raise BadInput(_("The cursor is one that an earlier page gave."), field="cursor")
    day = clock.now().date()
    found = listed(person_id=request.person.pk, day=day, words=asked.q, site=asked.site, after=asked.cursor)
    rows = list(found[: asked.size + 1])
    shown = rows[: asked.size]
    return PersonPage(items=_persons(shown), next=cursor(shown[-1]) if len(rows) > asked.size else None)


@router.get("/persons/{uuid:public_id}", response=PersonOut, summary="One person")
@allow(signed_in, guards="person")
def person(request: PersonRequest, public_id: UUID) -> PersonOut:
    """Show a colleague."""
    found = visible_to(person_id=request.person.pk, day=clock.now().date()).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such person."))
    return _persons([found])[0]


class Firm(Schema):
    """An organization."""

    id: UUID
    name: str


class TieOut(Schema):
    """What a person is to an organization of ours, from `since` to `until` (both included, null: open)."""

    id: UUID
    person: UUID
    kind: TieKind
    organization: Firm
    for_organization: Firm | None
    number: str
    since: date
    until: date | None


class TiePage(Schema):
    """A page of ties, the newest first."""

    items: list[TieOut]
    next: str | None


class WhichTies(Paging):
    """Which ties."""

    person: UUID | None = None
    kind: TieKind | None = None


def _firm(row: Organization) -> Firm:
    return Firm(id=row.public_id, name=row.name)


def _tie(row: Tie) -> TieOut:
    return TieOut(
        id=row.public_id,
        person=row.person.public_id,
        kind=TieKind(row.kind),
        organization=_firm(row.organization),
        for_organization=_firm(row.for_organization) if row.for_organization else None,
        number=row.number,
        since=row.since,
        until=row.until,
    )


@router.get("/ties", response=TiePage, summary="Ties")
@allow(signed_in)
def ties(request: PersonRequest, asked: Query[WhichTies]) -> TiePage:
    """List one's own ties, past ones too; for HR and administrators those of everybody."""
    found = ties_visible_to(person_id=request.person.pk, roles=request.roles)
    if asked.person is not None:
        found = found.filter(person__public_id=asked.person)
    if asked.kind is not None:
        found = found.filter(kind=asked.kind)
    rows, following = newest(found, asked)
    return TiePage(items=[_tie(row) for row in rows], next=following)


@router.get("/ties/{uuid:public_id}", response=TieOut, summary="One tie")
@allow(signed_in, guards="tie")
def tie(request: PersonRequest, public_id: UUID) -> TieOut:
    """Show a tie."""
    found = ties_visible_to(person_id=request.person.pk, roles=request.roles).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such tie."))
    return _tie(found)


class UnitOut(Schema):
    """A department. `parent` is the code of the one above it; `closed_on` is set where it is closed."""

    id: UUID
    code: str
    name: dict[str, str]
    organization: Firm
    parent: str | None
    manager: UUID | None
    closed_on: date | None


class UnitPage(Schema):
    """A page of units."""

    items: list[UnitOut]
    next: str | None


def _unit(row: Unit) -> UnitOut:
    return UnitOut(
        id=row.public_id,
        code=row.code,
        name=dict(row.name),
        organization=_firm(row.organization),
        parent=row.parent.code if row.parent else None,
        manager=row.manager.public_id if row.manager else None,
        closed_on=row.closed_on,
    )


@router.get("/units", response=UnitPage, summary="Units")
@allow(employee)
def units(request: PersonRequest, asked: Query[Paging]) -> UnitPage:
    """List the departments, closed ones too."""
    del request
    rows, following = oldest(Unit.objects.select_related("organization", "parent", "manager"), asked)
    return UnitPage(items=[_unit(row) for row in rows], next=following)


@router.get("/units/{uuid:public_id}", response=UnitOut, summary="One unit")
@allow(employee, guards="unit")
def unit(request: PersonRequest, public_id: UUID) -> UnitOut:
    """Show a department."""
    del request
    found = Unit.objects.select_related("organization", "parent", "manager").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such unit."))
    return _unit(found)


class SiteOut(Schema):
    """A place where people work."""

    id: UUID
    code: str
    name: dict[str, str]
    country: str
    city: str
    zone: str


class SitePage(Schema):
    """A page of sites."""

    items: list[SiteOut]
    next: str | None


@router.get("/sites", response=SitePage, summary="Sites")
@allow(employee)
def sites(request: PersonRequest, asked: Query[Paging]) -> SitePage:
    """List the places where people work."""
    del request
    rows, following = oldest(Site.objects.all(), asked)
    items = [
        SiteOut(id=row.public_id, code=row.code, name=dict(row.name), country=row.country, city=row.city, zone=row.zone)
        for row in rows
    ]
    return SitePage(items=items, next=following)
