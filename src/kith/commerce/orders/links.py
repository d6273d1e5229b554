"""The one-time link that shows a guest their order."""

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kith.access.requests import Request
from kith.access.tokens.models import OneTimeToken
from kith.access.tokens.purposes import PURPOSES
from kith.commerce.orders.models import Order
from kith.commerce.orders.showing import show_to_session
from kith.kernel.refusals import NotFound
from kith.kernel.subjects import Subject
from kith.portal.shell.render import page

SEE_ORDER = "see-order"


def _order_of(token: OneTimeToken) -> Order:
    order = Order.objects.filter(pk=Subject.parse(token.subject).id).first()
    if order is None:
        raise NotFound(_("There is no such order."))
    return order


class SeeOrder:
    """Shows an order to the browser in which the button is pressed."""

    def show(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Say which order would be shown."""
        return page(request, "commerce/orders/link.html", {"number": _order_of(token).number})

    def act(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Let this session see the order."""
        order = _order_of(token)
        show_to_session(request, order)
        return redirect("order", order.public_id)


PURPOSES.put(SEE_ORDER, SeeOrder())
