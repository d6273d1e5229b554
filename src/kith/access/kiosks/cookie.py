"""The cookie by which a registered device shows itself."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

KEEP = timedelta(days=400)


def name() -> str:
    """Return the cookie's name; `__Host-` binds it to the one address where that is https."""
    return "__Host-kiosk" if settings.SESSION_COOKIE_SECURE else "kith-kiosk"


def read(request: HttpRequest) -> str:
    """Return the secret the device sent, "" when none."""
    return request.COOKIES.get(name(), "")


def write(response: HttpResponseBase, secret: str) -> None:
    """Give the device its secret."""
    response.set_cookie(
        name(), secret, max_age=KEEP, path="/", secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def take_back(response: HttpResponseBase) -> None:
    """Take the secret off the device."""
    response.delete_cookie(name(), path="/", samesite="Lax")
