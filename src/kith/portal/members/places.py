"""What people and accounts put into the frame."""

from django.utils.translation import gettext_lazy as _

from kith.portal.members.queries import KEEPERS
from kith.portal.shell.frame import PLACES, PlaceOffer

PLACES.put(
    "members",
    PlaceOffer(
        "admin",
        _("People and roles"),
        "/admin/people/",
        "user-check",
        lambda r: bool(r.roles & KEEPERS),
        order=7,
        short=_("People"),
    ),
)
