"""Making the cast, and telling how they sign in."""

import secrets
from datetime import date, datetime, timedelta

from kith.access.grants.actions import grant_role
from kith.access.kiosks.actions import set_pin
from kith.access.logins.actions import create_login, set_password
from kith.access.logins.models import Login
from kith.config.demo.cast import CAST, Role, username
from kith.config.demo.organization import Built
from kith.config.demo.titles import title_in
from kith.kernel import clock
from kith.people.calendars.actions import record_absence, set_deputies
from kith.people.models import Organization, Person, Tie
from kith.people.organizations.models import OrganizationKind
from kith.people.persons.models import BirthdayVisibility
from kith.people.ties.actions import become_customer, hire
from kith.people.ties.models import TieKind

PIN = "482915"
"""The demo's kiosk PIN of the one without a mailbox; kiosks of a demo exist on loopback only."""


def make_cast(built: Built, *, today: date, at: datetime) -> dict[str, Person]:
    """Make every person of the cast with tie, login, roles and birthday; return them by key."""
    made = {role.key: _make(role, built, today=today, at=at) for role in CAST}
    for role in CAST:
        if role.leads:
            unit = built.function_units[(role.place, role.function)]
            unit.manager = made[role.key]
            unit.save(update_fields=["manager"])
        for code in role.roles:
            grant_role(person=made[role.key], role=code, at=at)
    set_deputies(person=made["hung"], deputies=[made["mai"]])
    set_deputies(person=made["wei"], deputies=[made["na"]])
    set_deputies(person=made["anna"], deputies=[made["ha"]])
    record_absence(
        person=made["wei"], since=today - timedelta(days=1), until=today + timedelta(days=5), at=at, by_id=made["ha"].pk
    )
    return made


def _make(role: Role, built: Built, *, today: date, at: datetime) -> Person:
    month, day = role.born or (today.month, today.day)
    person = Person.objects.create(
        full_name=role.name,
        language=role.language,
        zone=role.zone or built.sites[role.place].zone,
        mailbox=f"{role.key}@sen.example" if role.mailbox else "",
        mailbox_proven_at=at if role.mailbox else None,
        birth_month=month,
        birth_day=day,
        birth_year=1990,
        birthday_visibility=BirthdayVisibility.TEAM if role.born is None else BirthdayVisibility.NOBODY,
        created_at=at,
    )
    if role.tie == TieKind.EMPLOYEE:
        unit, site = built.function_units[(role.place, role.function)], built.sites[role.place]
        hire(
            person=person, organization=site.organization, unit=unit, site=site, since=today - timedelta(days=1500),
            at=at, number="S777" if role.key == "lan" else f"SC-{role.key}", title=title_in(role.title, language=role.language),
            shift=None if role.shift is None else built.shifts[role.shift],
        )  # fmt: skip
    else:
        _tie_outside(role, person, built, today=today, at=at)
    login = create_login(person=person, username=username(role), at=at)
    if role.key == "lan":
        set_pin(login=login, pin=PIN, at=at)
    return person


def _tie_outside(role: Role, person: Person, built: Built, *, today: date, at: datetime) -> None:
    firm = None
    if role.firm:
        firm = Organization.objects.create(kind=OrganizationKind.OUTSIDE, name=role.firm)
    since = today - timedelta(days=400)
    if role.tie == TieKind.CUSTOMER:
        become_customer(person=person, organization=built.company, since=since, at=at, for_organization=firm)
    else:
        Tie.objects.create(person=person, organization=built.company, kind=role.tie, for_organization=firm, since=since)


def people_lines(*, with_passwords: bool) -> list[str]:
    """Return a line for each person of the cast. `with_passwords` gives everyone a new random one first."""
    logins = {login.username: login for login in Login.objects.select_related("person")}
    lines = []
    for role in CAST:
        login = logins.get(username(role).lower())
        if login is None:
            continue
        how = f"one click at /demo/ as {role.name}"
        if with_passwords:
            password = secrets.token_urlsafe(12)
            set_password(login=login, password=password, at=clock.now())
            how = f"password {password}"
        elif not role.mailbox:
            how += f", or at a kiosk: {username(role)}, PIN {PIN}"
        lines.append(f"  {username(role):22} {role.name:18} {role.story:48} {how}")
    return lines
