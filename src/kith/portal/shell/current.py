"""The request being answered, for the few macros that need it (CSRF tokens); nothing else may look here.

What is drawn once for many has a mark where each reader's own token stands.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

_REQUEST: ContextVar[HttpRequest | None] = ContextVar("kith_request", default=None)
_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')
_MARK = "\x00token\x00"


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """Make `request` the current one inside the block."""
    token = _REQUEST.set(request)
    try:
        yield
    finally:
        _REQUEST.reset(token)


def is_answering() -> bool:
    """Whether a request is being answered."""
    return _REQUEST.get() is not None


def csrf_field() -> SafeString:
    """Return the hidden field with the CSRF token; nothing where no request is being answered (mail)."""
    request = _REQUEST.get()
    if request is None:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


def without_token(html: str) -> str:
    """Return drawn HTML with marks instead of the CSRF token of whom it was drawn for."""
    return _TOKEN.sub(rf"\g<1>{_MARK}", html)


def with_token(html: str) -> str:
    """Return kept HTML with the CSRF token of the request being answered; it is only made where it is needed."""
    request = _REQUEST.get()
    if request is None or _MARK not in html:
        return html
    return html.replace(_MARK, get_token(request))
