"""What happened to bills."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"invoice_id": "invoice"})
@dataclass(frozen=True)
class InvoiceIssued:
    """A bill was issued."""

    invoice_id: int


@fact(about={"invoice_id": "invoice", "corrects_id": "invoice"})
@dataclass(frozen=True)
class CreditNoteIssued:
    """A credit note was issued that corrects a bill."""

    invoice_id: int
    corrects_id: int
