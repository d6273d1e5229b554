"""My orders: the list, one order, paying and cancelling it, and the guest's look-up."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import Markup

from kith.access.policies import allow, anyone
from kith.access.requests import Request
from kith.billing.bills.pages import pdf_response
from kith.commerce.orders import actions, queries
from kith.commerce.orders.confirming import subject_of
from kith.commerce.orders.finding import count_wish, send_order_link
from kith.commerce.orders.forms import CancelForm, FindForm
from kith.commerce.orders.models import Order, OrderStatus
from kith.commerce.orders.pages import bills_of, order_context
from kith.commerce.orders.placing import try_again
from kith.commerce.orders.showing import shown_to
from kith.commerce.orders.telling import LABELS
from kith.kernel import clock
from kith.kernel.money import Money
from kith.kernel.numbers import whole
from kith.kernel.refusals import BadInput, NotFound
from kith.portal.panels.shelf import panels_for
from kith.portal.shell.render import page

PAGE = 24


def _person_id(request: Request) -> int | None:
    return request.person.pk if request.person is not None else None


def _mine(request: Request, public_id: str) -> Order:
    """Return an order the request may see; another's is as missing as one that never was."""
    orders = queries.visible_to(person_id=_person_id(request), day=clock.now().date(), shown=shown_to(request))
    found = orders.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such order."))
    return found


@allow(anyone)
@require_safe
def orders(request: Request) -> HttpResponse:
    """Show my orders, the newest first; a visitor sees those of this session and the way to find others."""
    day: date = clock.now().date()
    before = whole(request.GET.get("before", ""))
    found = queries.visible_to(person_id=_person_id(request), day=day, shown=shown_to(request))
    if before is not None:
        found = found.filter(pk__lt=before).order_by("-id")
    rows = list(found.order_by("-id")[: PAGE + 1])
    shown = rows[:PAGE]
    context = {
        "rows": [(row, *_label(row), Money(row.total, row.currency)) for row in shown],
        "older": f"?before={shown[-1].pk}" if len(rows) > PAGE else "",
        "is_guest": request.person is None,
    }
    return page(request, "commerce/orders/list.html", context)


def _label(order: Order) -> tuple[str, str]:
    label, tone = LABELS[OrderStatus(order.status)]
    return str(label), tone


@allow(anyone, guards="order")
@require_safe
def order(request: Request, public_id: str) -> HttpResponse:
    """Show an order: where it is, its lines with their prices and why, its bills, and what may be done."""
    found = _mine(request, public_id)
    context = {
        **order_context(found, at_desk=False),
        "is_guest": request.person is None,
        "panels": [Markup(html) for html in panels_for(request=request, subject=subject_of(found))],  # noqa: S704  (each panel is a rendered template)
    }
    return page(request, "commerce/orders/order.html", context)


@allow(anyone, guards="order")
@require_safe
def bill_pdf(request: Request, public_id: str) -> HttpResponse:
    """Serve the PDF of an order's bill, also to a guest who may see the order."""
    bills = bills_of(_mine(request, public_id))
    if not bills:
        raise NotFound(_("The bill is not there yet. Look again in a moment."))
    return pdf_response(bills[0])


@allow(anyone, guards="order")
@require_POST
def pay(request: Request, public_id: str) -> HttpResponse:
    """Go on to pay an order that waits; where the last try came to nothing, begin another."""
    found = _mine(request, public_id)
    return redirect(try_again(order=found, at=clock.now()) or f"/orders/{found.public_id}/")


@allow(anyone, guards="order")
@require_POST
def cancel_units(request: Request, public_id: str) -> HttpResponse:
    """Take back some units of a line."""
    found = _mine(request, public_id)
    form = CancelForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("A quantity is a whole number from 1."), field="quantity")
    line = found.lines.filter(pk=form.cleaned_data["line"]).first()
    if line is None:
        raise NotFound(_("There is no such order."))
    actions.cancel_units(
        line=line,
        quantity=form.cleaned_data["quantity"],
        by_id=_person_id(request),
        caller=f"order:{found.pk}",
        idempotency_key=form.cleaned_data["key"],
        at=clock.now(),
    )
    messages.success(request, _("It is cancelled. What you paid for it goes back by the way it came."))
    return redirect("order", found.public_id)


@allow(anyone, guards="order")
@require_POST
def cancel(request: Request, public_id: str) -> HttpResponse:
    """Take back the whole order."""
    found = _mine(request, public_id)
    actions.cancel_order(order=found, by_id=_person_id(request), at=clock.now())
    messages.success(request, _("Your order is cancelled. What you paid goes back by the way it came."))
    return redirect("order", found.public_id)


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Request) -> HttpResponse:
    """Ask for a link to an order by number and mailbox.

    Whether there is one is looked up apart from the request: neither the answer nor its time tells.
    """
    form = FindForm(request.POST) if request.method == "POST" else FindForm()
    if request.method == "POST" and form.is_valid():
        count_wish(request, number=form.cleaned_data["number"], at=clock.now())
        send_order_link.defer(number=form.cleaned_data["number"], mailbox=form.cleaned_data["mailbox"])
        return page(request, "commerce/orders/link_sent.html", {})
    status = 400 if form.errors else 200
    return page(request, "commerce/orders/find.html", {"form": form}, status=status)
