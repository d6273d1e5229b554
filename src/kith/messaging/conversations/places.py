"""What conversations put into the frame: their places, and the role of who decides on reports."""

from django.utils.translation import gettext_lazy as _

from kith.access.grants.roles import ROLES, Role
from kith.messaging.conversations.rules import MODERATORS
from kith.messaging.conversations.shelves import desks_of
from kith.portal.shell.frame import PLACES, PlaceOffer

ROLES.put("moderator", Role("moderator", _("Moderator"), _("Reported messages.")))
PLACES.put(
    "messages",
    PlaceOffer(
        "mine", _("Messages"), "/messages/", "messages-square", lambda request: request.person is not None, order=15
    ),
)
PLACES.put(
    "desk-messages",
    PlaceOffer(
        "desk", _("Questions"), "/desk/messages/", "messages-square", lambda request: bool(desks_of(request.roles)),
        order=25,
    ),
)  # fmt: skip
PLACES.put(
    "desk-moderation",
    PlaceOffer(
        "desk", _("Reported messages"), "/desk/moderation/", "flag", lambda request: bool(request.roles & MODERATORS),
        order=85,
    ),
)  # fmt: skip
PLACES.put(
    "admin-conversations",
    PlaceOffer(
        "admin", _("Conversations"), "/admin/conversations/", "messages-square",
        lambda request: "administrator" in request.roles, order=85,
    ),
)  # fmt: skip
