"""Where billing stands in the frame."""

from django.utils.translation import gettext_lazy as _

from kith.portal.shell.frame import PLACES, PlaceOffer

PLACES.put(
    "bills",
    PlaceOffer(
        door="mine",
        label=_("Bills"),
        prefix="/bills/",
        icon="receipt",
        may_enter=lambda request: request.person is not None,
        order=60,
    ),
)
PLACES.put(
    "desk-bills",
    PlaceOffer(
        door="desk",
        label=_("Bills"),
        prefix="/desk/bills/",
        icon="receipt",
        may_enter=lambda request: not request.roles.isdisjoint({"finance", "administrator"}),
        order=60,
    ),
)
PLACES.put(
    "payroll-deductions",
    PlaceOffer(
        door="desk",
        label=_("Payroll deductions"),
        prefix="/desk/payroll-deductions/",
        icon="wallet",
        may_enter=lambda request: not request.roles.isdisjoint({"finance", "hr", "administrator"}),
        order=65,
    ),
)
PLACES.put(
    "payment-processes",
    PlaceOffer(
        door="admin",
        label=_("Payment processes"),
        prefix="/admin/payment-processes/",
        icon="workflow",
        may_enter=lambda request: not request.roles.isdisjoint({"finance", "administrator"}),
        order=60,
    ),
)
