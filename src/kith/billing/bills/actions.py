"""Paying a bill online: start the payment, hear that it arrived, send back what was too much."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from kith.access.tokens import actions as tokens
from kith.billing.bills.links import PAY_BILL
from kith.billing.invoices.models import Invoice
from kith.billing.invoices.queries import with_balance
from kith.billing.payments import actions as payments
from kith.billing.payments.models import Payment
from kith.billing.payments.payables import PAYABLES
from kith.billing.processes.methods import BY_BILL, Asked
from kith.billing.processes.models import PaymentProcess
from kith.billing.processes.queries import Offer, offered
from kith.kernel.money import Money
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject

INVOICE = "invoice"
PROCESSES = ("bills", "standard")
"""The process for paying bills, else the one for everything."""
LINK_LIVES = timedelta(days=60)
LINK_USES = 1000


def due_of(invoice: Invoice) -> Money:
    """Return what is still to be paid of a bill."""
    bill = with_balance(Invoice.objects.filter(pk=invoice.pk)).get()
    return Money(max(bill.due, Decimal(0)), invoice.currency)


def process_for_bills() -> PaymentProcess | None:
    """Return the process by which bills are paid, None where none was made."""
    found = {process.code: process for process in PaymentProcess.objects.filter(code__in=PROCESSES, is_current=True)}
    return next((found[code] for code in PROCESSES if code in found), None)


def ways_to_pay(*, invoice: Invoice, due: Money, person_id: int | None, at: datetime) -> list[Offer]:
    """Return the ways to pay what is due now; someone with only a link gets those that need no sign-in."""
    process = process_for_bills()
    if process is None or not due:
        return []
    offers = offered(process=process, asked=_asked(invoice, due, person_id=person_id, at=at, details={}))
    return [
        offer for offer in offers
        if offer.method != BY_BILL and not offer.problem and (person_id is not None or not offer.needs_sign_in)
    ]  # fmt: skip


def _asked(invoice: Invoice, due: Money, *, person_id: int | None, at: datetime, details: Mapping[str, str]) -> Asked:
    return Asked(person_id or 0, invoice.organization_id, due, invoice.language, at, details)


def pay(
    *, invoice: Invoice, method: str, person_id: int | None, return_url: str, at: datetime, details: Mapping[str, str]
) -> Payment:
    """Begin to pay what is due of a bill; the amount is ours, never the payer's to say."""
    due = due_of(invoice)
    if not due:
        raise Refusal(_("This bill is paid."))
    ways = ways_to_pay(invoice=invoice, due=due, person_id=person_id, at=at)
    if method not in {offer.method for offer in ways}:
        raise BadInput(_("Choose one of the ways of paying."), field="method")
    return payments.start(
        payer=invoice.payer,
        reference=Subject(INVOICE, invoice.pk),
        method=method,
        asked=_asked(invoice, due, person_id=person_id, at=at, details=details),
        process=process_for_bills(),
        return_url=return_url,
    )


def pay_link(*, invoice: Invoice, at: datetime) -> str:
    """Return a new address at which one bill can be read and paid without an account, for 60 days."""
    token = tokens.issue(
        purpose=PAY_BILL,
        person_id=None,
        expires_at=at + LINK_LIVES,
        subject=Subject(INVOICE, invoice.pk),
        uses=LINK_USES,
    )
    return f"/bills/pay/{token}/"


class BillPayable:
    """A bill, to the payments that pay it."""

    def captured(self, *, reference_id: int, payment_id: int, at: datetime) -> None:
        """Send back what the bill did not need: it was paid meanwhile, or credited."""
        del reference_id
        payments.refund_unallocated(payment_id=payment_id, at=at)

    def failed(self, *, reference_id: int, payment_id: int, at: datetime) -> None:
        """Leave the bill as it is; another payment may be tried."""

    def taken_back(self, *, reference_id: int, payment_id: int, at: datetime) -> None:
        """Leave the bill as it is: it is due again, its allocations were taken back."""


PAYABLES.put(INVOICE, BillPayable())
