"""Exports of bills with what is still to be paid."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kith.billing.invoices.models import Invoice
from kith.billing.invoices.queries import NOTHING, visible_to, with_balance
from kith.kernel.exports.kinds import EXPORTS, Asking, ExportKind, Line

CHUNK = 1000
BOOKKEEPERS = ("finance", "administrator")
INVOICES = (
    "number", "kind", "issued_on", "due_on", "organization", "payer_name", "payer_lines", "payer_vat_id", "currency",
    "net", "tax", "total", "paid", "due", "reference",
)  # fmt: skip


def _invoices(asking: Asking) -> Iterator[Line]:
    if asking.holds(*BOOKKEEPERS):
        found = Invoice.objects.all()
    elif asking.person_id is not None:
        found = visible_to(person_id=asking.person_id, day=asking.day)
    else:
        found = Invoice.objects.none()
    balanced = with_balance(found)
    state = asking.filters.get("state", "all")
    if state in {"open", "overdue"}:
        balanced = balanced.filter(kind="invoice", due__gt=NOTHING)
    if state == "overdue":
        balanced = balanced.filter(due_on__lt=asking.day)
    for bill in balanced.select_related("organization", "payer").order_by("-id").iterator(chunk_size=CHUNK):
        yield Line(
            (
                bill.number, bill.kind, bill.issued_on, bill.due_on, bill.organization.name, bill.payer_name,
                bill.payer_lines, bill.payer_vat_id, bill.currency, bill.net, bill.tax, bill.total, bill.paid,
                bill.due, bill.reference,
            ),
            bill.payer.person_id,
        )  # fmt: skip


EXPORTS.put("invoices", ExportKind("invoices", _("Bills"), INVOICES, lambda _asking: True, _invoices, ("state",)))
