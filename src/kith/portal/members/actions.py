"""Writes of people and their accounts. Each is told as a fact by the floor it belongs to, with who did it."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from kith.access.grants.actions import grant_role
from kith.access.grants.queries import grants_of
from kith.access.kiosks.actions import set_pin
from kith.access.kiosks.rules import SHORTEST, is_guessable
from kith.access.logins.actions import create_login
from kith.access.logins.models import Login
from kith.access.logins.queries import login_of
from kith.kernel.clock import local_date
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.people.organizations.models import Site, Unit
from kith.people.persons.actions import register
from kith.people.persons.models import Person
from kith.people.persons.queries import by_mailbox
from kith.people.ties.actions import hire
from kith.portal.members import queries
from kith.portal.signin.actions import invite


@dataclass(frozen=True)
class Place:
    """Where somebody begins to work, and from which day on."""

    unit: Unit
    site: Site
    since: date
    title: str = ""
    number: str = ""


@dataclass(frozen=True)
class NewPerson:
    """Who is to be added. Without a `place` they are known to us and no employee; `zone` "" is the site's."""

    full_name: str
    preferred_name: str = ""
    language: str = "en"
    zone: str = ""
    mailbox: str = ""
    phone: str = ""
    born: date | None = None
    place: Place | None = None
    lets_in: bool = True
    roles: Collection[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Added:
    """Somebody new; `pin` is what opens a kiosk, told once, "" where a mail goes out instead or nobody is let in."""

    person: Person
    invited: bool = False
    pin: str = ""


def add_person(*, new: NewPerson, at: datetime, by: Person) -> Added:
    """Make a person known, employ them, let them in and give them roles: all of it or nothing.

    Whoever has a mailbox gets a mail with a link to set a password; whoever has only a personnel number gets a PIN.
    """
    mailbox = _mailbox(new.mailbox)
    place = new.place
    if place is not None and not _fits(place):
        raise BadInput(_("This site belongs to another of our companies than the unit."), field="site")
    with transaction.atomic():
        person = register(
            full_name=new.full_name, preferred_name=new.preferred_name, language=new.language,
            zone=new.zone or (place.site.zone if place else "UTC"), mailbox=mailbox, phone=new.phone, born=new.born,
            at=at, by_id=by.pk,
        )  # fmt: skip
        if place is not None:
            hire(
                person=person, organization=place.unit.organization, unit=place.unit, site=place.site,
                since=place.since, number=place.number, title=place.title, at=at, by_id=by.pk,
            )  # fmt: skip
        added = let_in(person=person, at=at, by=by) if new.lets_in else Added(person)
        for role in sorted(new.roles):
            grant_role(person=person, role=role, at=at, by_id=by.pk)
    return added


def _mailbox(typed: str) -> str:
    address = typed.strip().lower()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError as error:
        raise BadInput(_("This is not a mail address."), field="mailbox") from error
    if known := by_mailbox(address=address):
        raise BadInput(_("%s has this mailbox already.") % known.name, field="mailbox")
    return address


def _fits(place: Place) -> bool:
    """Say whether unit and site are of one company, the company above the legal entities counting for all."""
    ours = (place.unit.organization, place.site.organization)
    return ours[0].pk == ours[1].pk or any(one.parent_id is None for one in ours)


def let_in(*, person: Person, at: datetime, by: Person) -> Added:
    """Give somebody without an account one: by mail where there is a mailbox, else by number and a PIN told once."""
    if login_of(person_id=person.pk) is not None:
        raise Refusal(_("%s has an account already.") % person.name)
    if person.deactivated_at is not None:
        raise Refusal(_("The service of %s has ended.") % person.name)
    number = queries.number_of(person_id=person.pk, day=local_date(at, person.zone))
    username = person.mailbox or number
    if not username:
        raise BadInput(_("Give a mailbox or a personnel number: without either nobody can sign in."), field="mailbox")
    with transaction.atomic():
        login = _login(person=person, username=username, at=at, by=by)
        if person.mailbox:
            return Added(person, invited=bool(invite(login=login, at=at)))
        return Added(person, pin=_new_pin(login=login, at=at, by_id=by.pk))


def _login(*, person: Person, username: str, at: datetime, by: Person) -> Login:
    try:
        return create_login(person=person, username=username, at=at, by_id=by.pk)
    except BadInput as refused:
        raise BadInput(refused.sentence, field="mailbox" if person.mailbox else "number") from refused


def send_invitation(*, person: Person, at: datetime) -> None:
    """Send a person the link with which they set a password, once more."""
    login = _open_login(person)
    if not invite(login=login, at=at):
        raise Refusal(_("%s has no mailbox to which a link could go.") % person.name)


def give_pin(*, person: Person, at: datetime, by: Person) -> str:
    """Give somebody a new PIN for kiosks and return it, told this once; never to oneself or to who holds a role.

    With a colleague's PIN one could act in their role, so whoever holds one chooses it for themselves.
    """
    if person.pk == by.pk:
        raise NotAllowed(_("Set your own PIN under “My profile”."))
    if grants_of(person_id=person.pk, at=at).exists():
        raise NotAllowed(_("%s holds a role and chooses a PIN under “My profile”.") % person.name)
    return _new_pin(login=_open_login(person), at=at, by_id=by.pk)


def _open_login(person: Person) -> Login:
    login = login_of(person_id=person.pk)
    if login is None or not login.active:
        raise Refusal(_("%s has no account that is open.") % person.name)
    return login


def _new_pin(*, login: Login, at: datetime, by_id: int) -> str:
    pin = ""
    while not pin or is_guessable(pin) or pin == login.username:
        pin = "".join(secrets.choice("0123456789") for _digit in range(SHORTEST))
    set_pin(login=login, pin=pin, at=at, by_id=by_id)
    return pin
