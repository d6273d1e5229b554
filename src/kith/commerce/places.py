"""Where commerce stands in the frame."""

from django.utils.translation import gettext_lazy as _

from kith.portal.shell.frame import PLACES, PlaceOffer

PLACES.put(
    "store",
    PlaceOffer(
        door="mine", label=_("Store"), prefix="/store/", icon="store", may_enter=lambda _request: True, order=40
    ),
)
PLACES.put(
    "orders",
    PlaceOffer(
        door="mine",
        label=_("Orders"),
        prefix="/orders/",
        icon="package",
        may_enter=lambda request: request.person is not None,
        order=50,
    ),
)
PLACES.put(
    "desk-orders",
    PlaceOffer(
        door="desk",
        label=_("Orders"),
        prefix="/desk/orders/",
        icon="package",
        may_enter=lambda request: not request.roles.isdisjoint({"shop", "administrator"}),
        order=40,
    ),
)
PLACES.put(
    "desk-store",
    PlaceOffer(
        door="desk",
        label=_("Store"),
        prefix="/desk/store/",
        icon="store",
        may_enter=lambda request: not request.roles.isdisjoint({"shop", "administrator"}),
        order=45,
    ),
)
PLACES.put(
    "desk-gifts",
    PlaceOffer(
        door="desk",
        label=_("Gifts and budgets"),
        prefix="/desk/gifts/",
        icon="gift",
        may_enter=lambda request: not request.roles.isdisjoint({"hr", "shop", "administrator"}),
        order=46,
    ),
)
