"""Who sees the outbox, and what stays hidden from them."""

import re

from django.conf import settings

from kith.access.requests import Request

READERS = frozenset({"communications", "administrator"})


def may_read(request: Request) -> bool:
    """Say whether somebody sees the outbox: communications and administrators, in a demo everyone signed in."""
    return request.person is not None and (settings.KITH_DEMO or bool(request.roles & READERS))


def without_keys(words: str) -> str:
    """Return a mail's text or HTML with every link cut that acts for its recipient.

    Whoever reads the outbox could otherwise ask for a sign-in link in a colleague's name and open it. A demo,
    where one click changes person anyway, shows them.
    """
    if settings.KITH_DEMO:
        return words
    return re.sub(rf"({re.escape(settings.KITH_URL)}/[tm]/)[^/\s\"'<>]+", r"\1…", words)
