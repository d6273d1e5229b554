"""What workplace puts into the frame: its places."""

from django.utils.translation import gettext_lazy as _

from kith.portal.shell.frame import PLACES, PlaceOffer
from kith.workplace.personnel.queries import KEEPERS

PLACES.put(
    "desk-people",
    PlaceOffer("desk", _("People"), "/desk/people/", "users", lambda request: bool(request.roles & KEEPERS), order=30),
)
PLACES.put(
    "absences",
    PlaceOffer("mine", _("Absences"), "/absences/", "palmtree", lambda request: request.employed, order=70),
)
