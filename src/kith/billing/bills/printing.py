"""A bill on paper: the row of the bill becomes the document that is printed."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from kith.billing.documents.invoice import (
    InvoiceDocument,
    PrintedLine,
    PrintedPayer,
    PrintedTax,
    PrintedTotal,
    print_invoice,
)
from kith.billing.invoices.models import Invoice, InvoiceKind, InvoiceTax
from kith.billing.invoices.queries import BalancedInvoice, with_balance
from kith.kernel.documents.letterhead import Captioned, Letterhead
from kith.kernel.languages import django_code
from kith.kernel.money import Money
from kith.portal.shell import words

NOTHING = Decimal(0)


def pdf_of(invoice: Invoice) -> bytes:
    """Return the PDF of a bill in its own language; as it was issued, so the same bytes every time."""
    with override(django_code(invoice.language)):
        document = document_of(invoice)
    return print_invoice(document=document, language=invoice.language, at=invoice.issued_at)


def title_of(invoice: Invoice) -> str:
    """Return kind and number in the active language."""
    if invoice.kind == InvoiceKind.CREDIT_NOTE:
        return _("Credit note %s") % invoice.number
    return _("Bill %s") % invoice.number


def document_of(invoice: Invoice) -> InvoiceDocument:
    """Return what is printed, in the active language; organization and payer are to be selected along."""
    owner = invoice.organization
    legal = [*owner.address.splitlines(), *([_("Tax number %s") % owner.tax_id] if owner.tax_id else [])]
    return InvoiceDocument(
        title=title_of(invoice),
        organization=Letterhead(name=owner.name, lines=legal),
        payer=PrintedPayer(
            name=invoice.payer_name, lines=invoice.payer_lines.splitlines(), vat_id=invoice.payer_vat_id
        ),
        facts=_facts(invoice),
        lines=_lines(invoice),
        taxes=[_tax(invoice, tax) for tax in invoice.taxes.order_by("percent", "tax_code")],
        totals=_totals(invoice),
        due=PrintedTotal(_("To pay") if invoice.total >= 0 else _("Credited"), _shown(invoice, invoice.total)),
        payment=_payment(invoice),
        notes=[],
    )


def _shown(invoice: Invoice, amount: Decimal) -> str:
    return words.money(Money(amount, invoice.currency))


def _percent(tax: InvoiceTax) -> str:
    return f"{tax.percent.normalize():f} %"


def _facts(invoice: Invoice) -> list[Captioned]:
    facts = [
        Captioned(_("Number"), invoice.number),
        Captioned(_("Date"), words.short_day(invoice.issued_on)),
    ]
    if invoice.corrects is not None:
        facts.append(Captioned(_("Corrects bill"), invoice.corrects.number))
    else:
        facts.append(Captioned(_("Due"), words.short_day(invoice.due_on)))
    return facts


def _lines(invoice: Invoice) -> list[PrintedLine]:
    percents = {tax.tax_code: _percent(tax) for tax in invoice.taxes.all()}
    return [
        PrintedLine(
            name=line.name,
            detail=line.detail,
            quantity=words.number(Decimal(line.quantity)),
            unit_price=_shown(invoice, line.unit_price),
            tax=percents[line.tax_code],
            amount=_shown(invoice, line.gross),
        )
        for line in invoice.lines.order_by("position")
    ]


def _tax(invoice: Invoice, tax: InvoiceTax) -> PrintedTax:
    label = tax.label.in_language(invoice.language) or _percent(tax)
    return PrintedTax(
        category=label,
        base=_shown(invoice, tax.base),
        amount=_shown(invoice, tax.amount),
        reason=tax.reason.in_language(invoice.language),
    )


def _totals(invoice: Invoice) -> list[PrintedTotal]:
    totals = [
        PrintedTotal(_("Without tax"), _shown(invoice, invoice.net)),
        PrintedTotal(_("Tax"), _shown(invoice, invoice.tax)),
    ]
    if invoice.rounding:
        totals.append(PrintedTotal(_("Rounding"), _shown(invoice, invoice.rounding)))
    return totals


def _payment(invoice: Invoice) -> list[Captioned]:
    """Say how it was or is to be paid, as known when the bill was issued."""
    if invoice.kind == InvoiceKind.CREDIT_NOTE or not invoice.total:
        return []
    paid = sum(
        invoice.allocations.filter(at__lte=invoice.issued_at, amount__gt=0).values_list("amount", flat=True), NOTHING
    )
    if paid == invoice.total:
        return [Captioned(_("Paid"), _shown(invoice, paid))]
    return [
        Captioned(_("To pay by"), words.short_day(invoice.due_on)),
        Captioned(_("Reference of the payment"), invoice.number),
    ]


def balance_of(invoice: Invoice) -> BalancedInvoice:
    """Return the bill with `credited`, `paid` and `due`."""
    return with_balance(Invoice.objects.filter(pk=invoice.pk)).get()
