"""Who sees the outbox, and what stays hidden from them."""

from django.conf import settings
from django.utils.translation import gettext_lazy

from kith.access.policies import Policy
from kith.access.requests import Request
from kith.messaging.mail.keys import cut

READERS = frozenset({"communications", "administrator"})
SANDBOX = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'"
)


def may_read(request: Request) -> bool:
    """Say whether somebody sees the outbox: communications and administrators, in a demo everyone signed in."""
    return request.person is not None and (settings.KITH_DEMO or bool(request.roles & READERS))


readers = Policy("outbox", gettext_lazy("Communications and administrators; in a demo everyone."), may_read)


def without_keys(words: str) -> str:
    """Return a mail's text or HTML with every link cut that acts for its recipient.

    Whoever reads the outbox could otherwise ask for a sign-in link in a colleague's name and open it. A demo,
    where one click changes person anyway, shows them.
    """
    if settings.KITH_DEMO:
        return words
    return cut(words)
