"""Who is asking: the session behind the cookie, loaded in one query, and the rules for cookies and caches.

Without a cookie nothing is asked of the database, no cookie is set and the answer does not vary.
"""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from kith.access.kiosks import cookie as kiosk_cookie
from kith.access.requests import Request
from kith.access.routes import has_policy
from kith.access.sessions import queries, rules
from kith.access.sessions.store import SessionStore
from kith.access.traceless import is_traceless
from kith.kernel import clock

Answer = Callable[[HttpRequest], HttpResponseBase]
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_SERVER_ERROR = 500
_LEAVES_THE_SCREEN = int(rules.IDLE_AT_KIOSK.total_seconds()) + 1
"""Seconds after which a kiosk's browser shows the PIN page by itself, instead of what the last person saw."""


class SessionMiddleware:
    """Sets `request.session` and who is asking; writes the session and its cookie when they changed."""

    def __init__(self, get_response: Answer) -> None:
        """Wrap the rest."""
        self._get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponseBase:
        """Answer the request as whoever its cookie stands for."""
        request = cast("Request", plain)
        traceless = is_traceless(request.path)
        key = None if traceless else request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        session = SessionStore(key or None)
        request.session = session
        if key:
            session.look()
        set_asking(request, session)
        if request.person is None and not traceless and (secret := kiosk_cookie.read(request)):
            request.kiosk = queries.kiosk_of(secret=secret)
        response = self._get_response(request)
        if key or session.fresh_key:
            patch_vary_headers(response, ("Cookie",))
        if response.status_code < _SERVER_ERROR:
            _write(session, response)
        if session.standing is not None and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        if session.standing is not None and session.kiosk is not None and not request.headers.get("HX-Request"):
            response["Refresh"] = f"{_LEAVES_THE_SCREEN}; url=/kiosk/"
        return response


class PersonMiddleware:
    """Refuses views without a policy, and takes the cookie's person from unsafe requests that skip CSRF."""

    def __init__(self, get_response: Answer) -> None:
        """Wrap the rest."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self._get_response(request)

    def process_view(self, plain: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any) -> None:
        """Look at the view that is about to answer."""
        request = cast("Request", plain)
        if not has_policy(view):
            message = f"The view at {request.path} has no policy: put @allow(…) on it."
            raise ImproperlyConfigured(message)
        if request.method not in SAFE and vars(view).get("csrf_exempt", False):
            request.person, request.login, request.roles = None, None, frozenset()
            request.employed = request.manages = False


def set_asking(request: Request, session: SessionStore) -> None:
    """Set on the request who is signed in in `session`."""
    who = session.standing
    request.person = who.person if who else None
    request.login = who.login if who else None
    request.roles = who.roles if who else frozenset()
    request.employed = who.employed(at=clock.now()) if who else False
    request.manages = who.manages if who else False
    request.kiosk = session.kiosk
    request.scopes = None


def _write(session: SessionStore, response: HttpResponseBase) -> None:
    """Save what changed; set the cookie of a new key, take back that of an ended session."""
    at = clock.now()
    if session.modified:
        session.save()
    if session.loaded is not None and session.loaded.roles_changed and not session.fresh_key:
        session.rekey(at=at)
    session.note_use(at=at)
    if session.fresh_key and session.session_key:
        response.set_cookie(
            settings.SESSION_COOKIE_NAME,
            session.session_key,
            max_age=session.lasts(at=at),
            path="/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    elif session.ended:
        response.delete_cookie(settings.SESSION_COOKIE_NAME, path="/", samesite="Lax")
