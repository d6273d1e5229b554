"""What signing in puts into the frame."""

from django.utils.translation import gettext_lazy as _

from kith.portal.shell.frame import PLACES, PlaceOffer

PLACES.put(
    "kiosks",
    PlaceOffer(
        door="admin",
        label=_("Kiosks"),
        prefix="/admin/kiosks/",
        icon="smartphone",
        may_enter=lambda request: "administrator" in request.roles,
        order=80,
    ),
)
