"""A visitor's page, drawn once in two seconds for all visitors; each gets their own CSRF token in it."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpResponse
from django.utils.translation import get_language

from kith.access.requests import Request
from kith.portal.shell.current import with_token, without_token
from kith.portal.shell.frame import theme_of
from kith.portal.shell.shortly import shortly

LONGEST = 500


def shared(request: Request, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what `make` answers, kept for two seconds where the asker is nobody yet: no person, session or kiosk.

    Only pages that are found are kept; language and theme are part of what is asked for.
    """
    address = request.get_full_path()
    known = request.person is not None or request.session.session_key is not None or request.kiosk is not None
    if known or connection.in_atomic_block or len(address) > LONGEST:
        return make()
    key = ("page", address, get_language(), theme_of(request))
    return HttpResponse(with_token(shortly(key, lambda: without_token(make().content.decode()))))
