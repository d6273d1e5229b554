"""Writes of the set-up."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from kith.access.grants.actions import grant_role
from kith.access.grants.roles import ADMINISTRATOR, ROLES
from kith.access.logins.actions import create_login
from kith.access.logins.models import Login
from kith.kernel.facts import publish
from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.texts import Text
from kith.people.calendars.actions import open_calendar
from kith.people.calendars.models import Calendar
from kith.people.organizations.actions import open_entity, open_site, open_unit
from kith.people.organizations.models import Site, Unit
from kith.people.organizations.queries import company
from kith.people.persons.actions import register
from kith.people.persons.models import Person
from kith.people.segments.actions import save_segment
from kith.people.segments.models import Segment
from kith.people.ties.actions import hire
from kith.people.ties.queries import is_employee
from kith.portal.organization.countries import currency_of
from kith.portal.welcome import queries
from kith.portal.welcome.facts import OrganizationFounded
from kith.portal.welcome.models import Setup
from kith.portal.welcome.steps import STEPS

EVERYONE = Text({"en": "All employees", "vi": "Tất cả nhân viên", "zh-Hans": "全体员工"})


class TooLate(Refusal):
    """Somebody was quicker, or the organization has its administrator: the set-up address opens nothing."""

    status = 410


def begin(*, at: datetime) -> str:
    """Begin the set-up of an organization without any administrator; return its address, "" where it is too late.

    Again: the same address, so a start that is repeated does not lock out whoever is in the middle.
    """
    if queries.has_administrator():
        return ""
    Setup.objects.get_or_create(pk=1, defaults={"nonce": secrets.token_hex(32), "begun_at": at})
    return queries.address()


def opened(token: str) -> Setup:
    """Return the set-up that a token opens, holding others off until the transaction ends; `TooLate` otherwise."""
    found = queries.open_by(token=token, lock=True)
    if found is None:
        raise TooLate(_("This organization is set up already. Sign in, or ask its administrator to let you in."))
    return found


def found_administrator(
    *,
    token: str,
    full_name: str,
    username: str,
    mailbox: str,
    password: str,
    roles: Collection[str],
    language: str,
    zone: str,
    at: datetime,
) -> Login:
    """Make the first administrator, who may hold other roles too; the token is worth nothing from then on.

    Of several who try at once one wins; the others get `TooLate` and nothing of theirs stays.
    """
    address = _mailbox(username, mailbox)
    wanted = [ADMINISTRATOR, *(role for role in ROLES.names() if role in roles and role != ADMINISTRATOR)]
    with transaction.atomic():
        setup = opened(token)
        person = register(full_name=full_name, language=language, zone=zone, mailbox=address, at=at)
        login = create_login(person=person, username=username, password=password, at=at)
        for role in wanted:
            grant_role(person=person, role=role, at=at)
        setup.finished_at = at
        setup.save(update_fields=["finished_at"])
        publish(OrganizationFounded(person_id=person.pk), at=at, by_id=person.pk)
    return login


def _mailbox(username: str, mailbox: str) -> str:
    address = (mailbox or (username if "@" in username else "")).strip().lower()
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise BadInput(_("This is not a mail address."), field="mailbox" if mailbox else "username") from error
    return address


@dataclass(frozen=True)
class FirstPlace:
    """What the first legal entity, unit and site are; `days` are the working days, 0 Monday to 6 Sunday."""

    entity: str
    unit: str
    unit_code: str
    site: str
    site_code: str
    city: str
    country: str
    zone: str
    days: Collection[int]
    begins: time
    ends: time


def open_place(*, place: FirstPlace, by: Person, day: date, at: datetime) -> Site:
    """Open a legal entity, unit and site with a calendar of its country's holidays; employ `by` there.

    Names are in the language of whoever types them. The first time a segment of all employees is made, so that
    the first notice has somebody to go to.
    """
    ours = company()
    if ours is None:
        raise BadInput(_("Give the organization its name first."))
    if place.begins >= place.ends:
        raise BadInput(_("The working day ends before it begins."), field="ends")
    if Calendar.objects.filter(code=place.site_code).exists():
        raise BadInput(_("There is a calendar “%s” already: choose another code.") % place.site_code, field="site_code")
    if Unit.objects.filter(code=place.unit_code).exists():
        raise BadInput(_("There is a unit “%s” already: choose another code.") % place.unit_code, field="unit_code")
    hours = [[place.begins.isoformat("minutes"), place.ends.isoformat("minutes")]]
    intervals = {str(weekday): hours for weekday in sorted(set(place.days))}
    with transaction.atomic():
        currency = currency_of(place.country)
        employer = open_entity(company=ours, name=place.entity, country=place.country, currency=currency)
        calendar = open_calendar(code=place.site_code, country=place.country, intervals=intervals, day=day)
        site = open_site(
            organization=employer, code=place.site_code, name=Text({_words(by): place.site}), country=place.country,
            city=place.city, zone=place.zone, calendar=calendar,
        )  # fmt: skip
        unit = open_unit(organization=employer, code=place.unit_code, name=Text({_words(by): place.unit}))
        if not is_employee(person_id=by.pk, day=day):
            hire(person=by, organization=employer, unit=unit, site=site, since=day, at=at, by_id=by.pk)
        if not Segment.objects.exists():
            rule = {"attribute": "tie", "is": ["employee"]}
            save_segment(name=EVERYONE, rule=rule, at=at, by_id=by.pk, code="employees")
    return site


def _words(by: Person) -> str:
    return by.language if by.language in OUR_LANGUAGES else "en"


def skip(*, key: str) -> None:
    """Do without an optional step; a second time changes nothing."""
    if key not in STEPS or not STEPS.get(key).optional:
        raise BadInput(_("This step is needed."))
    with transaction.atomic():
        kept = Setup.objects.select_for_update().filter(pk=1).first()
        if kept is not None and key not in kept.skipped:
            kept.skipped = sorted({*kept.skipped, key})
            kept.save(update_fields=["skipped"])


def put_away(*, at: datetime) -> None:
    """Take the list off the administrators' home."""
    Setup.objects.filter(pk=1, put_away_at=None).update(put_away_at=at)
