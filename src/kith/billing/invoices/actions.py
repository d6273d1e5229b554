"""Writes of bills: issue, and take back by credit note. Nothing else ever changes a bill."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from kith.billing.invoices.facts import CreditNoteIssued, InvoiceIssued
from kith.billing.invoices.models import Invoice, InvoiceKind, InvoiceLine, InvoiceTax, NumberSeries
from kith.billing.payers.actions import lock
from kith.billing.payers.models import Payer
from kith.billing.tax.arithmetic import Rate, Sums, sums, taken_back
from kith.billing.tax.queries import rates
from kith.kernel.facts import publish
from kith.kernel.money import Money
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.people.organizations.models import Organization

_PREFIX = {InvoiceKind.INVOICE: "", InvoiceKind.CREDIT_NOTE: "C"}


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line to be billed: `unit_price` in the bill's currency, tax included; `reference` is the subject it is for."""

    name: str
    quantity: int
    unit_price: Decimal
    tax_code: str
    detail: str = ""
    reference: str = ""


def issue(
    *,
    organization: Organization,
    payer: Payer,
    lines: Sequence[NewLine],
    reference: Subject | None,
    currency: str,
    country: str,
    issued_on: date,
    due_on: date,
    language: str,
    at: datetime,
) -> Invoice:
    """Issue a bill with the next number of its series; a reference is billed once, a second call returns the first.

    `issued_on` is the local date of `at`; the tax rates are those of `country` on that day.
    """
    if not lines:
        raise BadInput(_("A bill has at least one line."), field="lines")
    if reference is not None and (known := Invoice.objects.filter(kind="invoice", reference=str(reference)).first()):
        return known
    by_code = rates(country=country, codes={line.tax_code for line in lines}, day=issued_on)
    gross = [_gross(line, currency=currency) for line in lines]
    found = sums([(g, by_code[line.tax_code]) for g, line in zip(gross, lines, strict=True)], currency=currency)
    head = Invoice(
        organization=organization, kind=InvoiceKind.INVOICE, payer=payer, reference=str(reference or ""),
        currency=currency, language=language, issued_at=at, issued_on=issued_on, due_on=due_on, **_printed(payer),
    )  # fmt: skip
    rows = [
        InvoiceLine(
            position=position, name=line.name, detail=line.detail, reference=line.reference, quantity=line.quantity,
            unit_price=line.unit_price, gross=g, net=net, tax_code=line.tax_code,
        )
        for position, (line, g, net) in enumerate(zip(lines, gross, found.lines, strict=True), start=1)
    ]  # fmt: skip
    with transaction.atomic():
        invoice = _number_and_save(head, rows, found)
        publish(InvoiceIssued(invoice_id=invoice.pk), at=at)
    return invoice


def credit(
    *,
    invoice: Invoice,
    quantities: Mapping[int, int],
    cause: Subject,
    issued_on: date,
    at: datetime,
    by_id: int | None = None,
) -> Invoice:
    """Issue a credit note for so many units of lines (by id); once a cause, a second call returns the first.

    `Refusal` when a line has fewer units left. Credit notes for everything add up to the bill's exact negation.
    """
    if known := Invoice.objects.filter(cause=str(cause)).first():
        return known
    with transaction.atomic():
        lock(payer_id=invoice.payer_id)
        lines = {line.pk: line for line in invoice.lines.order_by("position")}
        credited = _credited(invoice)
        by_code = _rates_of(invoice)
        before, after, back = [], [], []
        for line in lines.values():
            left = line.quantity + credited.get(line.pk, 0)
            asked = quantities.get(line.pk, 0)
            if not 0 <= asked <= left:
                raise Refusal(_("Of “%(name)s” only %(left)s are left to credit.") % {"name": line.name, "left": left})
            rate = by_code[line.tax_code]
            before.append((line.unit_price * left, rate))
            after.append((line.unit_price * (left - asked), rate))
            if asked:
                back.append((line, asked, rate))
        if not back:
            raise BadInput(_("A credit note takes back at least one unit."), field="quantity")
        change = _change(before, after, back, currency=invoice.currency)
        note = _number_and_save(
            _note_head(invoice, cause=cause, issued_on=issued_on, at=at), _note_lines(back, change), change
        )
        publish(CreditNoteIssued(invoice_id=note.pk, corrects_id=invoice.pk), at=at, by_id=by_id)
    return note


def _change(
    before: Sequence[tuple[Decimal, Rate]],
    after: Sequence[tuple[Decimal, Rate]],
    back: Sequence[tuple[InvoiceLine, int, Rate]],
    *,
    currency: str,
) -> Sums:
    """Return the sums that lead from what was left of a bill before to what is left after."""
    gross = [(-line.unit_price * asked, rate) for line, asked, rate in back]
    return taken_back(sums(before, currency=currency), sums(after, currency=currency), gross, currency=currency)


def _gross(line: NewLine, *, currency: str) -> Decimal:
    if line.quantity < 1 or line.unit_price < 0:
        raise BadInput(_("A line has a quantity from 1 and a price from 0."), field="lines")
    if Money(line.unit_price, currency).rounded().amount != line.unit_price:
        raise BadInput(_("A price is a whole number of the currency's smallest unit."), field="lines")
    return line.unit_price * line.quantity


def _printed(payer: Payer) -> dict[str, str]:
    firm = payer.organization
    return {
        "payer_name": payer.name[:200],
        "payer_lines": payer.address or (firm.address if firm is not None else ""),
        "payer_vat_id": firm.tax_id if firm is not None else "",
    }


def _credited(invoice: Invoice) -> dict[int, int]:
    """Return by line of the bill how many units credit notes took back (a number from 0 down)."""
    rows = InvoiceLine.objects.filter(invoice__corrects=invoice).values("corrects").annotate(units=Sum("quantity"))
    return {row["corrects"]: row["units"] for row in rows if row["corrects"] is not None}


def _rates_of(invoice: Invoice) -> dict[str, Rate]:
    return {
        tax.tax_code: Rate(tax.tax_code, tax.category, tax.percent, tax.label, tax.reason)
        for tax in invoice.taxes.all()
    }


def _note_head(invoice: Invoice, *, cause: Subject, issued_on: date, at: datetime) -> Invoice:
    return Invoice(
        organization_id=invoice.organization_id, kind=InvoiceKind.CREDIT_NOTE, corrects=invoice,
        payer_id=invoice.payer_id, payer_name=invoice.payer_name, payer_lines=invoice.payer_lines,
        payer_vat_id=invoice.payer_vat_id, reference=invoice.reference, cause=str(cause), currency=invoice.currency,
        language=invoice.language, issued_at=at, issued_on=issued_on, due_on=issued_on,
    )  # fmt: skip


def _note_lines(back: Sequence[tuple[InvoiceLine, int, Rate]], change: Sums) -> list[InvoiceLine]:
    return [
        InvoiceLine(
            corrects=line, position=position, name=line.name, detail=line.detail, reference=line.reference,
            quantity=-asked, unit_price=line.unit_price, gross=-line.unit_price * asked, net=net,
            tax_code=line.tax_code,
        )
        for position, ((line, asked, _rate), net) in enumerate(zip(back, change.lines, strict=True), start=1)
    ]  # fmt: skip


def _number_and_save(head: Invoice, lines: Sequence[InvoiceLine], found: Sums) -> Invoice:
    """Take the next number of the series (its row is the last lock) and write the document whole."""
    head.net, head.tax, head.rounding, head.total = found.net, found.tax, found.rounding, found.total
    head.year = head.issued_on.year
    head.sequence = _next(organization_id=head.organization_id, kind=head.kind, year=head.year)
    head.number = f"{_PREFIX[InvoiceKind(head.kind)]}{head.year}-{head.sequence:06}"
    head.save(force_insert=True)
    for line in lines:
        line.invoice = head
    InvoiceLine.objects.bulk_create(lines)
    InvoiceTax.objects.bulk_create(
        InvoiceTax(
            invoice=head, tax_code=each.rate.code, category=each.rate.category, percent=each.rate.percent,
            label=each.rate.label, reason=each.rate.reason, base=each.base, amount=each.tax,
        )
        for each in found.categories
    )  # fmt: skip
    return head


def _next(*, organization_id: int, kind: str, year: int) -> int:
    series = {"organization_id": organization_id, "kind": kind, "year": year}
    row = NumberSeries.objects.select_for_update().filter(**series).first()
    if row is None:
        NumberSeries.objects.bulk_create([NumberSeries(**series)], ignore_conflicts=True)
        row = NumberSeries.objects.select_for_update().get(**series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
