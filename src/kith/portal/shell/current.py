"""The request being answered, for the few macros that need it (CSRF tokens); nothing else may look here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

_REQUEST: ContextVar[HttpRequest | None] = ContextVar("kith_request", default=None)


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """Make `request` the current one inside the block."""
    token = _REQUEST.set(request)
    try:
        yield
    finally:
        _REQUEST.reset(token)


def csrf_field() -> SafeString:
    """Return the hidden field with the CSRF token; nothing where no request is being answered (mail)."""
    request = _REQUEST.get()
    if request is None:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
