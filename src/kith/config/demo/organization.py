"""The company itself: legal entities, calendars with real holidays, sites, shifts and the tree of units."""

import json
import uuid
from dataclasses import dataclass
from datetime import date
from random import Random

import holidays

from kith.config.demo.bulk import copy_rows, reserve_ids
from kith.config.demo.places import COMPANY, COUNTRIES, FUNCTIONS, PLACES, SHIFTS, Function, Place
from kith.kernel.texts import Text
from kith.people.models import Calendar, Holiday, Organization, Shift, Site, Unit
from kith.people.organizations.actions import open_unit
from kith.people.organizations.models import OrganizationKind

TEAM = 12
_HOLIDAY_LANGUAGE = {"VN": "vi", "CN": "zh_CN", "DE": "de", "US": "en_US", "BR": "pt_BR"}
_OFFICE = {str(day): [["08:00", "12:00"], ["13:00", "17:00"]] for day in range(5)}
_SHOP = {str(day): [["09:00", "18:00"]] for day in range(6)}


@dataclass(frozen=True)
class Team:
    """A unit with its place and function, and how many people it has."""

    unit_id: int
    site_id: int
    entity_id: int
    place: Place
    function: Function
    size: int


@dataclass(frozen=True)
class Built:
    """What was built, by code."""

    company: Organization
    entities: dict[str, Organization]
    sites: dict[str, Site]
    shifts: list[Shift]
    country_units: dict[str, Unit]
    function_units: dict[tuple[str, str], Unit]
    teams: list[Team]


def _calendar(code: str, country: str, intervals: dict[str, list[list[str]]], years: range) -> Calendar:
    made = Calendar.objects.create(code=code, country=country, intervals=intervals)
    local = holidays.country_holidays(country, years=years, language=_HOLIDAY_LANGUAGE[country])
    english = holidays.country_holidays(country, years=years, language="en_US")
    Holiday.objects.bulk_create(
        Holiday(calendar=made, date=day, name=Text(en=english.get(day, name)) | {_tag(country): name})
        for day, name in sorted(local.items())
    )
    return made


def _tag(country: str) -> str:
    return {"VN": "vi", "CN": "zh-Hans", "DE": "de", "BR": "pt-BR"}.get(country, "en")


def _sizes(total: int, shares: list[int]) -> list[int]:
    """Split `total` by percentages so that the parts sum to it."""
    parts = [total * share // sum(shares) for share in shares]
    for index in range(total - sum(parts)):
        parts[index % len(parts)] += 1
    return parts


def build(*, people: int, today: date, random: Random) -> Built:
    """Build the company for `people` employees."""
    years = range(today.year - 1, today.year + 3)
    company = Organization.objects.create(kind=OrganizationKind.OURS, name=COMPANY, country="VN", currency="VND")
    entities = {
        c.code: Organization.objects.create(
            kind=OrganizationKind.OURS,
            name=c.entity,
            parent=company,
            country=c.code,
            currency=c.currency,
            tax_id=c.tax_id,
        )
        for c in COUNTRIES
    }
    calendars = {
        (c.code, kind): _calendar(f"{c.code}-{kind}", c.code, hours, years)
        for c in COUNTRIES
        for kind, hours in (("office", _OFFICE), ("shop", _SHOP))
    }
    sites = {
        p.code: Site.objects.create(
            organization=entities[p.country], code=p.code, name=p.name, country=p.country, city=p.city, zone=p.zone,
            latitude=p.latitude, longitude=p.longitude,
            calendar=calendars[(p.country, "shop" if p.kind == "shop" else "office")],
        )
        for p in PLACES
    }  # fmt: skip
    shifts = [Shift.objects.create(code=code, name=name, starts=a, ends=b) for code, name, a, b in SHIFTS]
    root = open_unit(organization=company, code="SEN", name=Text(en=COMPANY))
    country_units = {
        c.code: open_unit(organization=entities[c.code], code=c.code, name=Text(en=c.entity), parent=root)
        for c in COUNTRIES
    }
    built = Built(company, entities, sites, shifts, country_units, {}, [])
    for country, staff in zip(COUNTRIES, _sizes(people, [c.share for c in COUNTRIES]), strict=True):
        places = [p for p in PLACES if p.country == country.code]
        for place, there in zip(places, _sizes(staff, [p.share for p in places]), strict=True):
            _staff_place(built, place=place, staff=there, random=random)
    return built


def _staff_place(built: Built, *, place: Place, staff: int, random: Random) -> None:
    functions = [f for f in FUNCTIONS if place.kind in f.kinds]
    site = built.sites[place.code]
    for function, size in zip(functions, _sizes(staff, [1] * len(functions)), strict=True):
        parent = open_unit(
            organization=site.organization,
            code=f"{place.code}-{function.code}",
            name=Text({tag: f"{words}, {place.name.in_language(tag)}" for tag, words in function.name.items()}),
            parent=built.country_units[place.country],
        )
        built.function_units[(place.code, function.code)] = parent
        count = max(1, round(size / TEAM))
        ids = reserve_ids(Unit, count)
        copy_rows(
            Unit,
            ["id", "public_id", "organization_id", "parent_id", "path", "code", "name"],
            (
                (
                    key, uuid.UUID(int=random.getrandbits(128), version=4), site.organization_id, parent.pk,
                    f"{parent.path}{key}/", f"{parent.code}-{n}",
                    json.dumps({tag: f"{words} {n}" for tag, words in function.name.items()}, ensure_ascii=False),
                )
                for n, key in enumerate(ids, start=1)
            ),
        )  # fmt: skip
        for key, team in zip(ids, _sizes(size, [1] * count), strict=True):
            built.teams.append(Team(key, site.pk, site.organization_id, place, function, team))
