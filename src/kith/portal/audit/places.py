"""What the audit puts into the frame."""

from django.utils.translation import gettext_lazy as _

from kith.portal.shell.frame import PLACES, PlaceOffer

PLACES.put(
    "desk-audit",
    PlaceOffer("desk", _("Who did what"), "/desk/audit/", "eye", lambda r: "administrator" in r.roles, order=90),
)
