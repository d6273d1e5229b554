"""What support puts into the frame: its places."""

from django.utils.translation import gettext_lazy as _

from kith.portal.shell.frame import PLACES, PlaceOffer
from kith.support.requests.rules import AGENTS

PLACES.put(
    "support",
    PlaceOffer("mine", _("Support"), "/support/", "headset", lambda request: request.person is not None, order=60),
)
PLACES.put(
    "desk-requests",
    PlaceOffer("desk", _("Requests"), "/desk/requests/", "headset", lambda r: bool(r.roles & AGENTS), order=10),
)
