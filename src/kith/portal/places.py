"""What portal itself puts into the frame: its places, and whose portrait stands in the corner."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kith.access.requests import Request
from kith.portal.shell.frame import PLACES, PORTRAITS, PlaceOffer

ARRANGERS = frozenset({"communications", "administrator"})
BUILDERS = frozenset({"communications", "hr", "administrator"})


def _portrait(request: Request) -> str:
    return reverse("portrait", args=[request.person.public_id]) if request.person else ""


PORTRAITS.put("portal", _portrait)
PLACES.put("people", PlaceOffer("mine", _("People"), "/people/", "users", lambda request: request.employed, order=60))
PLACES.put(
    "me", PlaceOffer("mine", _("My profile"), "/me/", "user", lambda request: request.person is not None, order=90)
)
PLACES.put(
    "admin-segments",
    PlaceOffer("admin", _("Segments"), "/admin/segments/", "users", lambda r: bool(r.roles & BUILDERS), order=10),
)
PLACES.put(
    "admin-home",
    PlaceOffer(
        "admin",
        _("Home of each audience"),
        "/admin/home/",
        "house",
        lambda r: bool(r.roles & ARRANGERS),
        order=8,
        short=_("Homes"),
    ),
)
PLACES.put(
    "api-tokens",
    PlaceOffer(
        "admin", _("Tokens"), "/admin/tokens/", "key", lambda request: "administrator" in request.roles, order=85
    ),
)
PLACES.put(
    "admin-calendars",
    PlaceOffer(
        "admin",
        _("Working hours"),
        "/admin/calendars/",
        "clock",
        lambda request: bool(request.roles & {"hr", "administrator"}),
        order=30,
    ),
)
