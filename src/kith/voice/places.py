"""What voice puts into the frame: its place."""

from django.utils.translation import gettext_lazy as _

from kith.access.requests import Request
from kith.portal.shell.frame import PLACES, PlaceOffer
from kith.voice.ideas.rules import ANSWERERS


def may_open(request: Request) -> bool:
    """Say whether the desk of ideas is shown: to managers and to those who may answer any idea."""
    return request.person is not None and (request.manages or bool(request.roles & ANSWERERS))


PLACES.put(
    "desk-ideas",
    PlaceOffer("desk", _("Ideas to answer"), "/desk/ideas/", "lightbulb", may_open, order=40),
)
PLACES.put(
    "admin-ideas",
    PlaceOffer(
        "admin", _("Ideas: clocks and authority"), "/admin/ideas/", "lightbulb",
        lambda request: bool(request.roles & {"administrator", "hr"}), order=60,
    ),
)  # fmt: skip
PLACES.put("ideas", PlaceOffer("mine", _("Ideas"), "/ideas/", "lightbulb", lambda request: request.employed, order=40))
