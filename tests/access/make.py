"""Makers of access: logins, signed-in clients, kiosks."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.test import Client

from kith.access.grants.models import Grant
from kith.access.kiosks import cookie
from kith.access.kiosks.actions import register_kiosk
from kith.access.kiosks.models import Kiosk
from kith.access.logins.hashing import hashed
from kith.access.logins.models import Login, username_of
from kith.access.sessions.actions import open_session
from kith.kernel import clock
from kith.people.persons.models import Person
from tests.people import make as people

PASSWORD = "corridor-lantern-42"


def login(person: Person | None = None, *, password: str | None = PASSWORD, **given: Any) -> Login:
    """Return a person's login; the username is the mailbox unless given."""
    owner = person or people.person()
    return Login.objects.create(
        **{
            "person": owner,
            "username": username_of(owner.mailbox or f"p{owner.pk}"),
            "password": hashed(password) if password else "!",
            "created_at": people.AT,
            **given,
        }
    )


def grant(person: Person, *roles: str, since: datetime = people.AT, **given: Any) -> None:
    for role in roles:
        Grant.objects.create(person=person, role=role, since=since, **given)


def login_of(person: Person) -> Login:
    """Return the person's login, made without a password where there is none."""
    return Login.objects.filter(person=person).first() or login(person, password=None)


def client(person: Person | None = None, *roles: str, at: datetime | None = None, csrf: bool = False) -> Client:
    """Return a browser: a visitor's, or one in which `person` is signed in, holding `roles`."""
    browser = Client(enforce_csrf_checks=csrf)
    if person is not None:
        grant(person, *roles)
        key = open_session(login=login_of(person), at=at or clock.now())
        browser.cookies[settings.SESSION_COOKIE_NAME] = key
    return browser


def kiosk(name: str = "Gate 3") -> tuple[Kiosk, Client]:
    """Return a registered kiosk and its browser."""
    device, secret = register_kiosk(name=name, site=None, by=people.person(), at=people.AT)
    browser = Client()
    browser.cookies[cookie.name()] = secret
    return device, browser
