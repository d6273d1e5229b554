"""Who sees the outbox."""

from django.conf import settings

from kith.access.requests import Request

READERS = frozenset({"communications", "administrator"})


def may_read(request: Request) -> bool:
    """Say whether somebody sees the outbox: communications and administrators, in a demo everyone signed in."""
    return request.person is not None and (settings.KITH_DEMO or bool(request.roles & READERS))
