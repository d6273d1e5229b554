"""An invoice or credit note on paper: what the template shows, as finished texts, and its PDF."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from kith.kernel.documents.letterhead import Captioned, Letterhead
from kith.kernel.documents.printing import Attachment, compile_pdf
from kith.kernel.languages import django_code

TEMPLATE = Path(__file__).with_name("invoice.typ")


@dataclass(frozen=True, slots=True)
class PrintedPayer:
    """Who is to pay (EN 16931 BG-7): name, address lines, VAT identifier or ""."""

    name: str
    lines: Sequence[str]
    vat_id: str = ""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line (BG-25); `detail` stands grey below the name, `tax` is the rate or category in a word."""

    name: str
    quantity: str
    unit_price: str
    tax: str
    amount: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PrintedTax:
    """The sum of one tax category (BG-23); `reason` says why nothing is charged, where nothing is."""

    category: str
    base: str
    amount: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """One sum, such as the net amount or what has been paid already."""

    label: str
    amount: str


@dataclass(frozen=True, slots=True)
class InvoiceDocument:
    """All that stands on the paper, in order; amounts and dates are written out for the payer's language.

    `title` names kind and number ("Invoice 2025-0042"); `facts` are number, dates, our and their references;
    `due` is the amount to pay; `payment` says how: bank, payment reference, due date.
    """

    title: str
    organization: Letterhead
    payer: PrintedPayer
    facts: Sequence[Captioned]
    lines: Sequence[PrintedLine]
    taxes: Sequence[PrintedTax]
    totals: Sequence[PrintedTotal]
    due: PrintedTotal
    payment: Sequence[Captioned] = ()
    notes: Sequence[str] = ()


def print_invoice(
    *, document: InvoiceDocument, language: str, at: datetime, attachments: Sequence[Attachment] = ()
) -> bytes:
    """Return the PDF/A-3b; the same arguments give the same bytes.

    Captions are in `language` by the catalogue. A character no font can draw is printed as its code point, so
    that a bill always goes out.
    """
    with override(django_code(language)):
        data = asdict(document) | {"labels": _labels()}
    return compile_pdf(template=TEMPLATE, data=data, language=language, at=at, missing="mark", attachments=attachments)


def _labels() -> dict[str, str]:
    return {
        "payer": _("Billed to"),
        "vat_id": _("VAT ID"),
        "description": _("Description"),
        "quantity": _("Quantity"),
        "unit_price": _("Unit price"),
        "tax": _("Tax"),
        "amount": _("Amount"),
        "category": _("Tax category"),
        "base": _("Taxable amount"),
        "tax_amount": _("Tax amount"),
        "payment": _("How to pay"),
        "page": _("Page {page} of {pages}"),
    }
