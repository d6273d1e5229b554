"""My bills: the list, one bill with its explanation and PDF, paying it, and paying by a link without an account."""

from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, anyone, signed_in
from kith.access.requests import PersonRequest, Request
from kith.access.tokens import queries as tokens
from kith.billing.bills import actions
from kith.billing.bills.links import PAY_BILL
from kith.billing.bills.pages import bill_context, pdf_response, state_of
from kith.billing.invoices.models import Invoice
from kith.billing.invoices.queries import visible_to, with_balance
from kith.billing.payments.actions import page_of
from kith.kernel import clock
from kith.kernel.money import Money
from kith.kernel.numbers import whole
from kith.kernel.refusals import NotFound
from kith.kernel.subjects import Subject, describe
from kith.portal.shell.render import page
from kith.portal.shell.sealed import sealed

PAGE = 24


def _day() -> date:
    return clock.now().date()


def _mine(request: PersonRequest, public_id: str) -> Invoice:
    """Return a bill the person may see; another's is as missing as one that never was."""
    bills = visible_to(person_id=request.person.pk, day=_day()).select_related("organization", "corrects", "payer")
    found = bills.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such bill."))
    return found


@allow(signed_in)
@require_safe
def bills(request: PersonRequest) -> HttpResponse:
    """Show my bills and credit notes, the newest first."""
    before = whole(request.GET.get("before", ""))
    found = with_balance(visible_to(person_id=request.person.pk, day=_day())).order_by("-id")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    shown = rows[:PAGE]
    context = {
        "rows": [(row, *state_of(row, day=_day()), Money(row.total, row.currency)) for row in shown],
        "older": f"?before={shown[-1].pk}" if len(rows) > PAGE else "",
    }
    return page(request, "billing/bills/list.html", context)


@allow(signed_in, guards="invoice")
@require_safe
def bill(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show a bill: what for, the tax by category, what was paid or credited, what is due and how to pay it."""
    found = _mine(request, public_id)
    context = bill_context(found, person_id=request.person.pk, at=clock.now())
    if found.reference:
        subject = Subject.parse(found.reference)
        context["about"] = describe(subjects=[subject], person_id=request.person.pk).get(subject)
    else:
        context["about"] = None
    return page(request, "billing/bills/bill.html", context)


@allow(signed_in, guards="invoice")
@require_safe
def pdf(request: PersonRequest, public_id: str) -> HttpResponse:
    """Serve a bill as PDF."""
    return pdf_response(_mine(request, public_id))


@allow(signed_in, guards="invoice")
@require_POST
def pay(request: PersonRequest, public_id: str) -> HttpResponse:
    """Begin to pay what is due of one of my bills."""
    found = _mine(request, public_id)
    back = f"/bills/{found.public_id}/"
    payment = actions.pay(
        invoice=found,
        method=request.POST.get("method", ""),
        person_id=request.person.pk,
        return_url=back,
        at=clock.now(),
        details={"consent": "yes"} if request.POST.get("consent") else {},
    )
    return redirect(page_of(payment) or back)


def _by_token(token: str, *, at: datetime) -> Invoice:
    found = tokens.find(token=token)
    if found is None or found.purpose != PAY_BILL or found.expires_at <= at:
        raise NotFound(_("This link is not good any more. Ask for a new one."))
    bills = Invoice.objects.select_related("organization", "corrects", "payer")
    bill = bills.filter(pk=Subject.parse(found.subject).id).first()
    if bill is None:
        raise NotFound(_("There is no such bill."))
    return bill


@allow(anyone, guards="invoice")
@require_http_methods(["GET", "HEAD", "POST"])
def pay_by_link(request: Request, token: str) -> HttpResponse:
    """Show one bill to whoever holds its link; POST begins to pay what is due."""
    at = clock.now()
    found = _by_token(token, at=at)
    back = f"/bills/pay/{token}/"
    if request.method == "POST":
        method = request.POST.get("method", "")
        payment = actions.pay(invoice=found, method=method, person_id=None, return_url=back, at=at, details={})
        return redirect(page_of(payment) or back)
    context = bill_context(found, person_id=None, at=at)
    return sealed(page(request, "billing/bills/pay.html", {**context, "pdf_url": f"{back}bill.pdf"}))


@allow(anyone, guards="invoice")
@require_safe
def pdf_by_link(request: Request, token: str) -> HttpResponse:
    """Serve the PDF of the bill a link is for."""
    del request
    return pdf_response(_by_token(token, at=clock.now()))
