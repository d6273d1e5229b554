"""The desk of bills: all of them by state, payments nobody has heard of, events that do not fit."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.looks.actions import looked
from kith.access.looks.models import What
from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.billing.bills.actions import pay_link
from kith.billing.bills.pages import bill_context, pdf_response
from kith.billing.invoices.models import Invoice
from kith.billing.invoices.queries import NOTHING, with_balance
from kith.billing.payments.models import Payment, PaymentEvent, PaymentState
from kith.kernel import clock
from kith.kernel.money import Money
from kith.kernel.refusals import NotFound
from kith.portal.shell.render import page

PAGE = 50
bookkeeper = has_role("finance", "administrator")
STATES = ("open", "overdue", "all")


def _bill(public_id: str) -> Invoice:
    found = Invoice.objects.select_related("organization", "corrects", "payer").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such bill."))
    return found


def _seen(bill: Invoice, *, by_id: int) -> None:
    if bill.payer.person_id is not None:
        looked(person_ids=[bill.payer.person_id], by_id=by_id, what=What.BILL, at=clock.now())


@allow(bookkeeper)
@require_safe
def bills(request: PersonRequest) -> HttpResponse:
    """Show the bills of a state, the longest due first, and what needs a look by hand."""
    day = clock.now().date()
    state = request.GET.get("state") if request.GET.get("state") in STATES else "open"
    found = with_balance(Invoice.objects.all())
    if state != "all":
        found = found.filter(kind="invoice", due__gt=NOTHING)
    if state == "overdue":
        found = found.filter(due_on__lt=day)
    ordered = found.order_by("-id") if state == "all" else found.order_by("due_on", "id")
    labels = {"open": _("To be paid"), "overdue": _("Overdue"), "all": _("All")}
    context = {
        "rows": [(row, Money(row.total, row.currency), Money(row.due, row.currency)) for row in ordered[:PAGE]],
        "tabs": [(key, label, f"?state={key}") for key, label in labels.items()],
        "state": state,
        "day": day,
        "unknown": [
            (row, Money(row.amount, row.currency))
            for row in Payment.objects.filter(state=PaymentState.UNKNOWN).order_by("created_at")[:PAGE]
        ],
        "strange": list(PaymentEvent.objects.filter(outcome="amount differs").order_by("-id")[:PAGE]),
    }
    return page(request, "billing/bills/desk_list.html", context)


@allow(bookkeeper, guards="invoice")
@require_safe
def bill(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show any bill."""
    found = _bill(public_id)
    _seen(found, by_id=request.person.pk)
    context = bill_context(found, person_id=None, at=clock.now())
    return page(request, "billing/bills/desk_bill.html", {**context, "link": ""})


@allow(bookkeeper, guards="invoice")
@require_POST
def link(request: PersonRequest, public_id: str) -> HttpResponse:
    """Make a link by which one bill can be paid without an account, and show it."""
    found = _bill(public_id)
    context = bill_context(found, person_id=None, at=clock.now())
    made = request.build_absolute_uri(pay_link(invoice=found, at=clock.now()))
    return page(request, "billing/bills/desk_bill.html", {**context, "link": made})


@allow(bookkeeper, guards="invoice")
@require_safe
def pdf(request: PersonRequest, public_id: str) -> HttpResponse:
    """Serve any bill as PDF."""
    found = _bill(public_id)
    _seen(found, by_id=request.person.pk)
    return pdf_response(found)
