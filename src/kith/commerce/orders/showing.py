"""Which orders a visitor's session may see: those it placed, and those whose mailed link it opened."""

from django.http import HttpRequest

from kith.commerce.orders.models import Order

MOST = 50
_KEY = "orders"


def show_to_session(request: HttpRequest, order: Order) -> None:
    """Let the session see an order from now on."""
    shown = [key for key in request.session.get(_KEY, []) if key != order.pk]
    request.session[_KEY] = [*shown, order.pk][-MOST:]


def shown_to(request: HttpRequest) -> list[int]:
    """Return the ids of the orders the session may see."""
    return list(request.session.get(_KEY, []))
