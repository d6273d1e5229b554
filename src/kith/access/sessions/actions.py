"""Writes of sessions: signing in and out."""

from datetime import datetime
from typing import cast

from django.middleware.csrf import rotate_token

from kith.access import standing
from kith.access.kiosks.models import Kiosk
from kith.access.logins.models import Login
from kith.access.requests import Request
from kith.access.sessions.devices import device_of
from kith.access.sessions.models import Session
from kith.access.sessions.queries import HANDLE_LENGTH, digest_of
from kith.access.sessions.store import SessionStore


def sign_in(request: Request, *, login: Login, at: datetime, kiosk: Kiosk | None = None) -> None:
    """Sign `login` in on this browser: a new session id and CSRF token, whatever the browser sent before.

    At a kiosk (given, or known by the device's cookie) the session ends after three idle minutes.
    Checks nothing: whoever calls has seen a password, a PIN or a link.
    """
    who = standing.standing_of(login_id=login.pk, at=at)
    session = cast("SessionStore", request.session)
    session.bind(login=who.login or login, standing=who, kiosk=kiosk or request.kiosk, at=at)
    session["device"] = device_of(request.headers.get("User-Agent", ""))
    request.person, request.login, request.roles = who.person, who.login, who.roles
    request.employed, request.manages = who.employed(at=at), who.manages
    request.kiosk = session.kiosk
    rotate_token(request)
    Login.objects.filter(pk=login.pk).update(last_login=at)


def sign_out(request: Request) -> None:
    """End the session of this browser; its cookie is worth nothing from now on."""
    request.session.flush()
    request.person, request.login, request.roles = None, None, frozenset()
    request.employed = request.manages = False
    rotate_token(request)


def open_session(*, login: Login, at: datetime, kiosk: Kiosk | None = None) -> str:
    """Return the cookie's key of a new session for `login`, without a request (demo, tests, load)."""
    store = SessionStore()
    who = standing.standing_of(login_id=login.pk, at=at)
    store.bind(login=who.login or login, standing=who, kiosk=kiosk, at=at)
    return store.session_key or ""


def end_one(*, login: Login, handle: str) -> bool:
    """End one session of a login by its handle; False where there is none of that handle."""
    if len(handle) != HANDLE_LENGTH:
        return False
    return Session.objects.filter(login=login, digest__startswith=handle).delete()[0] > 0


def end_others(*, login: Login, keep: str) -> int:
    """End every session of a login but the one whose cookie holds the key `keep`; return how many ended."""
    return Session.objects.filter(login=login).exclude(digest=digest_of(keep)).delete()[0]


def forget_ended(*, at: datetime) -> int:
    """Remove sessions that are over by time; return how many."""
    return Session.objects.filter(expires_at__lte=at).delete()[0]
