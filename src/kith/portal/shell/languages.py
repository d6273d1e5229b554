"""Which language and time zone a request is answered in."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from kith.kernel.languages import tag
from kith.portal.shell.frame import identity

_LONGEST = 35
"""RFC 5646, 4.4.1: a tag of 35 characters is the longest one must accept."""


def supported(code: str) -> str:
    """Return Django's code of the language we have for `code`, "" for none.

    `en-GB` gives `en`, `zh-CN` and `zh` give `zh-hans`; Traditional Chinese is never served as Simplified.
    """
    if not code or len(code) > _LONGEST:
        return ""
    ours = {name.lower(): name for name, _label in settings.LANGUAGES}
    wanted = tag(code).lower()
    if wanted in ours:
        return ours[wanted]
    base = wanted.partition("-")[0]
    return "" if base == "zh" else ours.get(base, "")


def _wishes(request: HttpRequest, session: dict[str, str]) -> Iterable[str]:
    yield request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    yield session.get("language", "")
    offered = identity().languages
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        found = "" if code == "*" else supported(code)
        yield found if not offered or tag(found) in offered else ""
    yield offered[0] if offered else ""


def language_for(request: HttpRequest, session: dict[str, str]) -> str:
    """Return the language: the reader's choice in this browser, the person's own, the browser's, ours, English.

    What a browser asks for by itself counts only where the organization offers it; "ours" is its first one.
    """
    return next((found for wish in _wishes(request, session) if (found := supported(wish))), settings.LANGUAGE_CODE)


def zone_for(session: dict[str, str]) -> ZoneInfo:
    """Return the person's zone; the installation's own for visitors and for a name nobody knows."""
    try:
        return ZoneInfo(session.get("zone") or identity().zone or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)
