"""What notices put into the frame: their places."""

from django.utils.translation import gettext_lazy as _

from kith.notices.publishing.rules import may_approve, may_write
from kith.portal.shell.frame import PLACES, PlaceOffer

PLACES.put(
    "desk-notices",
    PlaceOffer("desk", _("Notices"), "/desk/notices/", "megaphone", lambda request: may_write(request.roles), order=20),
)
PLACES.put(
    "notices",
    PlaceOffer("mine", _("Notices"), "/notices/", "megaphone", lambda request: request.person is not None, order=20),
)
PLACES.put(
    "desk-notice-approvals",
    PlaceOffer(
        "desk",
        _("Second person"),
        "/desk/notices/approvals/",
        "user-check",
        lambda request: may_approve(request.roles),
        order=25,
    ),
)
PLACES.put(
    "notice-rules",
    PlaceOffer(
        "admin",
        _("Rules for notices"),
        "/admin/notices/",
        "sliders-horizontal",
        lambda request: "administrator" in request.roles,
        order=60,
    ),
)
