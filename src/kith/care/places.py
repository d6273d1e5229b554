"""What care puts into the frame: its places."""

from django.utils.translation import gettext_lazy as _

from kith.portal.shell.frame import PLACES, PlaceOffer

CARERS = frozenset({"hr", "administrator", "shop"})

PLACES.put(
    "desk-care",
    PlaceOffer("desk", _("Care"), "/desk/care/", "heart", lambda request: bool(request.roles & CARERS), order=40),
)
PLACES.put(
    "gifts", PlaceOffer("mine", _("Gifts"), "/gifts/", "gift", lambda request: request.person is not None, order=70)
)
