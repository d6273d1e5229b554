"""What wordings put into the frame: their place in the administration."""

from django.utils.translation import gettext_lazy as _

from kith.messaging.authoring.rules import EDITORS
from kith.portal.shell.frame import PLACES, PlaceOffer

PLACES.put(
    "admin-messages",
    PlaceOffer(
        "admin",
        _("Automatic messages"),
        "/admin/messages/",
        "mail",
        lambda request: bool(request.roles & EDITORS),
        order=70,
    ),
)
