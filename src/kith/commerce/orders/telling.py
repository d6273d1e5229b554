"""Where an order is, in one sentence, and what happened to it: derived from its status and the facts."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.commerce.orders.models import Order, OrderStatus
from kith.kernel.facts.models import Fact
from kith.kernel.subjects import Subject
from kith.portal.shell import words

LABELS = {
    OrderStatus.AWAITING_PAYMENT: (gettext_lazy("To be paid"), "due"),
    OrderStatus.PLACED: (gettext_lazy("Placed"), "info"),
    OrderStatus.PICKING: (gettext_lazy("Being picked"), "info"),
    OrderStatus.PACKED: (gettext_lazy("Packed"), "info"),
    OrderStatus.SHIPPED: (gettext_lazy("On its way"), "info"),
    OrderStatus.DELIVERED: (gettext_lazy("Delivered"), "ok"),
    OrderStatus.CANCELLED: (gettext_lazy("Cancelled"), "neutral"),
    OrderStatus.EXPIRED: (gettext_lazy("Not paid in time"), "neutral"),
}
"""The label and tone of each status."""

_HAPPENED = {
    "commerce.OrderPlaced": (gettext_lazy("Order placed"), "check"),
    "commerce.OrderUnitsCancelled": (gettext_lazy("Cancelled in part or whole"), "undo-2"),
    "commerce.OrderExpired": (gettext_lazy("Not paid in time"), "clock-alert"),
    "commerce.OrderShipped": (gettext_lazy("Sent"), "truck"),
    "commerce.OrderDelivered": (gettext_lazy("Delivered"), "package-check"),
}


_SENTENCES = {
    OrderStatus.PLACED: gettext_lazy("We have your order and will pick it next."),
    OrderStatus.PICKING: gettext_lazy("Someone in the warehouse is picking it now."),
    OrderStatus.PACKED: gettext_lazy("It is packed and waits for the carrier."),
    OrderStatus.SHIPPED: gettext_lazy("It left the warehouse and is on its way to you."),
    OrderStatus.DELIVERED: gettext_lazy("It has arrived."),
    OrderStatus.EXPIRED: gettext_lazy(
        "It was not paid in time, so what we kept for you is free again. You can order anew."
    ),
    OrderStatus.CANCELLED: gettext_lazy("It is cancelled; what was paid goes back by the way it came."),
}


def sentence(order: Order) -> str:
    """Return where an order is, what comes next and who acts."""
    if order.status == OrderStatus.AWAITING_PAYMENT:
        until = words.when(order.expires_at) if order.expires_at else ""
        return _("It waits for your payment until %s; then what we keep for you is free again.") % until
    return str(_SENTENCES[OrderStatus(order.status)])


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of an order's story."""

    title: str
    icon: str
    at: datetime


def story(order: Order) -> list[Happened]:
    """Return what happened to an order, the newest first; one query."""
    facts = Fact.objects.filter(about__contains=[str(Subject("order", order.pk))], kind__in=_HAPPENED)
    told = [Happened(str(_HAPPENED[f.kind][0]), _HAPPENED[f.kind][1], f.at) for f in facts.order_by("-at", "-id")[:100]]
    return [*told, Happened(str(_("Order received")), "shopping-cart", order.placed_at)]
