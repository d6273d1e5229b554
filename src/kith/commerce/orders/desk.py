"""The desk of orders: a queue by status, one step after the other, cancelling for a buyer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kith.access.looks.actions import looked
from kith.access.looks.models import What
from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.commerce.orders import actions, queries, rules
from kith.commerce.orders.forms import CancelForm
from kith.commerce.orders.models import OPEN, Order, OrderStatus
from kith.commerce.orders.pages import order_context
from kith.commerce.orders.telling import LABELS
from kith.kernel import clock
from kith.kernel.money import Money
from kith.kernel.refusals import BadInput, NotFound
from kith.portal.shell.render import page

PAGE = 50
keeper = has_role("shop", "administrator")
SHOWN = [*OPEN, OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.CANCELLED]
VERBS = {
    OrderStatus.PICKING: gettext_lazy("Start picking"),
    OrderStatus.PACKED: gettext_lazy("It is packed"),
    OrderStatus.SHIPPED: gettext_lazy("It is sent"),
    OrderStatus.DELIVERED: gettext_lazy("It has arrived"),
}


def _order(public_id: str) -> Order:
    found = Order.objects.select_related("store", "buyer").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such order."))
    return found


@allow(keeper)
@require_safe
def orders(request: PersonRequest) -> HttpResponse:
    """Show the orders of a status, the longest waiting first."""
    asked = request.GET.get("status", OrderStatus.PLACED)
    status = OrderStatus(asked) if asked in SHOWN else OrderStatus.PLACED
    rows = list(queries.queue(status=status)[:PAGE])
    counts = queries.counts(statuses=SHOWN)
    context = {
        "rows": [(row, Money(row.total, row.currency)) for row in rows],
        "tabs": [(s.value, str(LABELS[s][0]), f"?status={s.value}", counts.get(s.value, 0)) for s in SHOWN],
        "status": status.value,
        "more": counts.get(status.value, 0) - len(rows),
    }
    return page(request, "commerce/orders/desk_list.html", context)


@allow(keeper, guards="order")
@require_safe
def order(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show an order with its next step."""
    found = _order(public_id)
    looked(person_ids=[found.buyer_id], by_id=request.person.pk, what=What.ORDER, at=clock.now())
    following = rules.next_status(found)
    context = {
        **order_context(found, at_desk=True),
        "next_status": following.value if following else "",
        "next_label": str(VERBS[following]) if following else "",
    }
    return page(request, "commerce/orders/desk_order.html", context)


@allow(keeper, guards="order")
@require_POST
def advance(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take an order one step on its way."""
    actions.advance(order=_order(public_id), to=request.POST.get("to", ""), by_id=request.person.pk, at=clock.now())
    return redirect("desk-order", public_id)


@allow(keeper, guards="order")
@require_POST
def cancel_units(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take back units for a buyer."""
    found = _order(public_id)
    form = CancelForm(request.POST)
    line = found.lines.filter(pk=form.cleaned_data["line"]).first() if form.is_valid() else None
    if line is None:
        raise BadInput(_("A quantity is a whole number from 1."), field="quantity")
    actions.cancel_units(
        line=line,
        quantity=form.cleaned_data["quantity"],
        by_id=request.person.pk,
        caller=f"order:{found.pk}",
        idempotency_key=form.cleaned_data["key"],
        at=clock.now(),
        at_desk=True,
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("It is cancelled. What was paid for it goes back by the way it came."))
    return redirect("desk-order", public_id)


@allow(keeper, guards="order")
@require_POST
def cancel(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take back what is left of an order for its buyer."""
    actions.cancel_order(order=_order(public_id), by_id=request.person.pk, at=clock.now(), at_desk=True)
    return redirect("desk-order", public_id)
