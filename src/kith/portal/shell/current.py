"""The request being answered, for the few macros that need it (CSRF tokens); nothing else may look here.

What is drawn once for many has a mark where each reader's own token stands.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')
_MARK = "\x00token\x00"


@dataclass
class _Current:
    """A request, and the token made for it as long as its secret is the same."""

    request: HttpRequest
    secret: str | None = None
    masked: str = ""

    def token(self) -> str:
        """Return the request's CSRF token, masked once."""
        secret = self.request.META.get("CSRF_COOKIE")
        if secret is None or secret != self.secret:
            self.masked = get_token(self.request)
            self.secret = self.request.META["CSRF_COOKIE"]
        return self.masked


_CURRENT: ContextVar[_Current | None] = ContextVar("kith_request", default=None)


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """Make `request` the current one inside the block."""
    current = _CURRENT.get()
    token = _CURRENT.set(current if current and current.request is request else _Current(request))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def is_answering() -> bool:
    """Whether a request is being answered."""
    return _CURRENT.get() is not None


def csrf_field() -> SafeString:
    """Return the hidden field with the CSRF token; nothing where no request is being answered (mail)."""
    current = _CURRENT.get()
    if current is None:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', current.token())


def without_token(html: str) -> str:
    """Return drawn HTML with marks instead of the CSRF token of whom it was drawn for."""
    return _TOKEN.sub(rf"\g<1>{_MARK}", html)


def with_token(html: str) -> str:
    """Return kept HTML with the CSRF token of the request being answered; it is only made where it is needed."""
    current = _CURRENT.get()
    if current is None or _MARK not in html:
        return html
    return html.replace(_MARK, current.token())
