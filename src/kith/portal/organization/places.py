"""What the organization's identity puts into the frame."""

from django.utils.translation import gettext_lazy as _

from kith.portal.shell.frame import PLACES, PlaceOffer

PLACES.put(
    "organization",
    PlaceOffer(
        door="admin",
        label=_("Organization"),
        prefix="/admin/organization/",
        icon="settings",
        may_enter=lambda request: "administrator" in request.roles,
        order=5,
    ),
)
