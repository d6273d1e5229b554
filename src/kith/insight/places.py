"""What insight puts into the frame."""

from django.utils.translation import gettext_lazy as _

from kith.portal.shell.frame import PLACES, PlaceOffer

ROLES = frozenset({"leadership", "administrator", "hr"})

PLACES.put(
    "desk-measures",
    PlaceOffer(
        "desk", _("Measures"), "/desk/measures/", "chart-line", lambda request: bool(request.roles & ROLES), order=80
    ),
)
PLACES.put(
    "desk-labour",
    PlaceOffer(
        "desk", _("Labour saved"), "/desk/labour-saved/", "clock", lambda request: bool(request.roles & ROLES), order=85
    ),
)
