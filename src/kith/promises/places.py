"""What promises put into the frame: their places at the desk."""

from django.utils.translation import gettext_lazy as _

from kith.access.requests import Request
from kith.portal.shell.frame import PLACES, PlaceOffer
from kith.promises.commitments.queries import OVERSEERS


def _staff(request: Request) -> bool:
    return request.employed or bool(request.roles & OVERSEERS)


for _offer in (
    PlaceOffer("desk", _("Promises"), "/desk/promises/", "handshake", _staff, order=10),
    PlaceOffer("desk", _("Unanswered"), "/desk/unanswered/", "hourglass", _staff, order=11),
    PlaceOffer(
        "desk", _("Duties"), "/desk/duties/", "shield", lambda request: "administrator" in request.roles, order=90
    ),
    PlaceOffer(
        "mine",
        _("My promises"),
        "/promises/",
        "list-checks",
        lambda request: request.person is not None,
        order=30,
        short=_("Promises"),
    ),
):
    PLACES.put(_offer.prefix.strip("/").replace("/", "-"), _offer)
