"""A visitor's page, drawn once in two seconds for all visitors; each gets their own CSRF token in it."""

import re
from collections.abc import Callable

from django.db import connection
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from kith.access.requests import Request
from kith.commerce.shop.shortly import shortly
from kith.portal.shell.frame import theme_of

LONGEST = 500
_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')
_PLACE = "\x00token\x00"


def shared(request: Request, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what `make` answers, kept for two seconds where the asker is nobody yet: no person, session or kiosk.

    Only pages that are found are kept; language and theme are part of what is asked for.
    """
    address = request.get_full_path()
    known = request.person is not None or request.session.session_key is not None or request.kiosk is not None
    if known or connection.in_atomic_block or len(address) > LONGEST:
        return make()
    text = shortly(("page", address, get_language(), theme_of(request)), lambda: _without_token(make()))
    token = get_token(request)
    return HttpResponse(text.replace(_PLACE, token))


def _without_token(response: HttpResponse) -> str:
    return _TOKEN.sub(rf"\g<1>{_PLACE}", response.content.decode())
