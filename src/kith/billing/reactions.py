"""What billing does when something has happened: payers are told of their bills."""

from collections.abc import Sequence

from kith.billing.bills.letters import tell_issued
from kith.billing.invoices.facts import InvoiceIssued
from kith.billing.invoices.models import Invoice
from kith.kernel.facts import Told, listens


@listens(InvoiceIssued, name="billing.tell-issued")
def tell_bills(told: Sequence[Told[InvoiceIssued]]) -> None:
    """Tell payers of bills that are still to be paid."""
    bills = Invoice.objects.select_related("payer").in_bulk([each.fact.invoice_id for each in told])
    for each in told:
        tell_issued(bills[each.fact.invoice_id], at=each.at)
