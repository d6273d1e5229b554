"""What messaging adds to the bell."""

from django.utils.translation import gettext_lazy as _

from kith.access.requests import Request
from kith.messaging.deliveries.queries import unread_count
from kith.messaging.outbox.rules import READERS
from kith.portal.shell.frame import BELLS, PLACES, PlaceOffer


def unread(request: Request) -> int:
    """Return how many messages wait for the person signed in."""
    return unread_count(person_id=request.person.pk) if request.person else 0


BELLS.put("messaging", unread)
PLACES.put(
    "desk-outbox",
    PlaceOffer("desk", _("What was sent"), "/desk/outbox/", "mail", lambda r: bool(r.roles & READERS), order=80),
)
PLACES.put(
    "inbox", PlaceOffer("mine", _("Inbox"), "/inbox/", "inbox", lambda request: request.person is not None, order=10)
)
