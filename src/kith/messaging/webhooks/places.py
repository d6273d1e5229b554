"""What webhooks put into the frame: their place in the administration."""

from django.utils.translation import gettext_lazy as _

from kith.portal.shell.frame import PLACES, PlaceOffer

PLACES.put(
    "admin-webhooks",
    PlaceOffer(
        "admin", _("Webhooks"), "/admin/webhooks/", "send", lambda request: "administrator" in request.roles, order=80
    ),
)
