"""What the desk of erasures puts into the frame."""

from django.utils.translation import gettext_lazy as _

from kith.people.privacy.queries import KEEPERS
from kith.portal.shell.frame import PLACES, PlaceOffer

PLACES.put(
    "desk-erasures",
    PlaceOffer("desk", _("Erasures"), "/desk/erasures/", "shield", lambda r: bool(r.roles & KEEPERS), order=85),
)
