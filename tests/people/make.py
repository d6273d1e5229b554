"""Makers of people: each returns a real row with sensible defaults."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

from kith.kernel.texts import Text
from kith.people.calendars.models import Calendar, Shift
from kith.people.organizations.actions import open_unit
from kith.people.organizations.models import Organization, OrganizationKind, Site, Unit
from kith.people.persons.models import Person
from kith.people.ties.models import Assignment, Tie, TieKind

AT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)
_numbers = itertools.count(1)


def organization(**given: Any) -> Organization:
    n = next(_numbers)
    return Organization.objects.create(
        **{"kind": OrganizationKind.OURS, "name": f"Company {n}", "country": "VN", "currency": "VND", **given}
    )


def calendar(**given: Any) -> Calendar:
    return Calendar.objects.create(**{"code": f"calendar-{next(_numbers)}", "country": "VN", **given})


def site(**given: Any) -> Site:
    n = next(_numbers)
    given.setdefault("organization", None)
    owner = given.pop("organization") or organization()
    used = given.pop("calendar", None) or calendar()
    return Site.objects.create(
        **{
            "organization": owner,
            "calendar": used,
            "code": f"site-{n}",
            "name": Text(en=f"Site {n}"),
            "country": "VN",
            "zone": "Asia/Ho_Chi_Minh",
            **given,
        }
    )


def unit(**given: Any) -> Unit:
    n = next(_numbers)
    owner = given.pop("organization", None) or organization()
    return open_unit(organization=owner, **{"code": f"unit-{n}", "name": Text(en=f"Unit {n}"), **given})


def shift(code: str = "night", **given: Any) -> Shift:
    return Shift.objects.create(
        **{"code": code, "name": Text(en=code.title()), "starts": "22:00", "ends": "06:00", **given}
    )


def person(name: str = "", **given: Any) -> Person:
    n = next(_numbers)
    return Person.objects.create(
        **{
            "full_name": name or f"Person {n}",
            "zone": "Asia/Ho_Chi_Minh",
            "mailbox": f"person{n}@example.com",
            "created_at": AT,
            **given,
        }
    )


def employee(
    name: str = "",
    *,
    unit: Unit | None = None,
    site: Site | None = None,
    shift: Shift | None = None,
    manager: Person | None = None,
    since: date = LONG_AGO,
    until: date | None = None,
    title: str = "",
    number: str = "",
    **given: Any,
) -> Person:
    """Return a person with a tie and an assignment."""
    made = person(name, **given)
    n = next(_numbers)
    at_unit = unit or globals()["unit"]()
    at_site = site or globals()["site"](organization=at_unit.organization)
    tie = Tie.objects.create(
        person=made,
        organization=at_unit.organization,
        kind=TieKind.EMPLOYEE,
        number=number or f"E{n}",
        since=since,
        until=until,
    )
    Assignment.objects.create(
        tie=tie, unit=at_unit, site=at_site, shift=shift, manager=manager, since=since, until=until, title=title
    )
    return made


def customer(name: str = "", *, organization: Organization | None = None, **given: Any) -> Person:
    made = person(name, **given)
    owner = organization or globals()["organization"]()
    Tie.objects.create(person=made, organization=owner, kind=TieKind.CUSTOMER, since=LONG_AGO)
    return made
