"""What the pages of a bill show, for its payer, for the holder of its link, and for the desk."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kith.billing.bills import actions
from kith.billing.bills.printing import balance_of, pdf_of, title_of
from kith.billing.invoices.models import Invoice, InvoiceKind
from kith.billing.invoices.queries import BalancedInvoice
from kith.kernel.money import Money
from kith.portal.shell.sealed import sealed


def state_of(bill: BalancedInvoice, *, day: date) -> tuple[str, str]:
    """Return in a word what is with a bill (with its balance), and the tone."""
    if bill.kind == InvoiceKind.CREDIT_NOTE:
        return _("Credit note"), "neutral"
    if bill.due <= 0:
        return (_("Paid"), "ok") if bill.credited > -bill.total else (_("Cancelled"), "neutral")
    return (_("Overdue"), "danger") if bill.due_on < day else (_("To pay"), "due")


def bill_context(bill: Invoice, *, person_id: int | None, at: datetime) -> dict[str, Any]:
    """Return what a bill's page shows; `person_id` None: someone with a link only, or the desk."""
    balance = balance_of(bill)
    due = Money(max(balance.due, Decimal(0)), bill.currency)
    label, tone = state_of(balance, day=at.date())
    money = {
        name: Money(vars(balance)[name], bill.currency)
        for name in ("net", "tax", "rounding", "total", "paid", "credited")
    }
    is_bill = bill.kind == InvoiceKind.INVOICE
    return {
        "bill": bill,
        "title": title_of(bill),
        "state": label,
        "tone": tone,
        "due": due,
        "money": money,
        "lines": [
            (line, Money(line.unit_price, bill.currency), Money(line.gross, bill.currency))
            for line in bill.lines.order_by("position")
        ],
        "taxes": [
            (tax, Money(tax.base, bill.currency), Money(tax.amount, bill.currency))
            for tax in bill.taxes.order_by("percent", "tax_code")
        ],
        "credit_notes": list(bill.credit_notes.order_by("id")),
        "offers": actions.ways_to_pay(invoice=bill, due=due, person_id=person_id, at=at) if is_bill else [],
    }


def pdf_response(found: Invoice) -> HttpResponse:
    """Return the answer with a bill's PDF, for saving under its number."""
    response = HttpResponse(pdf_of(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.pdf"'
    return sealed(response)
