"""Writes of payments: start, capture, fail, refund. Each holds the payer's lock first."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kith.billing.invoices.models import Invoice, InvoiceKind
from kith.billing.invoices.queries import with_balance
from kith.billing.payers.actions import lock
from kith.billing.payers.models import Payer
from kith.billing.payments.facts import PaymentCaptured, PaymentFailed, PaymentRefunded
from kith.billing.payments.models import RANKS, Allocation, Payment, PaymentState, Refund
from kith.billing.payments.payables import PAYABLES
from kith.billing.payments.queries import paid_for
from kith.billing.processes.methods import METHODS, Asked
from kith.billing.processes.models import PaymentProcess
from kith.kernel.facts import publish
from kith.kernel.money import Money
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject

CHECK_AGAIN = timedelta(minutes=5)


def start(
    *,
    payer: Payer,
    reference: Subject,
    method: str,
    asked: Asked,
    process: PaymentProcess | None = None,
    return_url: str = "",
) -> Payment:
    """Begin to pay what is `asked` for `reference`; it may be captured at once, or its payer goes on at `page_of`.

    `Refusal` when the method says no; nothing is kept then.
    """
    if method not in METHODS:
        raise BadInput(_("There is no way of paying called “%s”.") % method[:40], field="method")
    if asked.amount.amount <= 0 or asked.amount != asked.amount.rounded():
        raise BadInput(_("There is nothing to pay."), field="amount")
    with transaction.atomic():
        lock(payer_id=payer.pk)
        if problem := METHODS.get(method).problem(asked):
            raise Refusal(problem, field="method")
        payment = Payment.objects.create(
            organization_id=asked.organization_id,
            payer=payer,
            reference=str(reference),
            method=method,
            process=process,
            amount=asked.amount.amount,
            currency=asked.amount.currency,
            return_url=return_url,
            created_at=asked.at,
            next_check_at=asked.at + CHECK_AGAIN,
        )
        METHODS.get(method).start(payment_id=payment.pk, asked=asked)
        payment.refresh_from_db()
    return payment


def page_of(payment: Payment) -> str:
    """Return where the payer goes on with a payment, "" when nothing is left to do."""
    if payment.state not in {PaymentState.PENDING, PaymentState.UNKNOWN}:
        return ""
    return METHODS.get(payment.method).page(payment_key=str(payment.public_id))


def _locked(payment_id: int) -> Payment:
    payer_id = Payment.objects.values_list("payer_id", flat=True).get(pk=payment_id)
    lock(payer_id=payer_id)
    return Payment.objects.select_for_update().get(pk=payment_id)


def _rises(payment: Payment, state: PaymentState) -> bool:
    return RANKS[state] > RANKS[PaymentState(payment.state)]


def capture(*, payment_id: int, at: datetime) -> bool:
    """Record that we got the whole amount; False when the payment stands there or further already."""
    with transaction.atomic():
        payment = _locked(payment_id)
        if not _rises(payment, PaymentState.CAPTURED):
            return False
        payment.state, payment.captured, payment.next_check_at = PaymentState.CAPTURED, payment.amount, None
        payment.save(update_fields=["state", "captured", "next_check_at"])
        allocate(payment=payment, at=at)
        publish(PaymentCaptured(payment_id=payment.pk), at=at)
        _payable(payment, "captured", at)
    return True


def fail(*, payment_id: int, at: datetime) -> bool:
    """Record that a payment came to nothing; False when it stands there or further already."""
    with transaction.atomic():
        payment = _locked(payment_id)
        if not _rises(payment, PaymentState.FAILED):
            return False
        payment.state, payment.next_check_at = PaymentState.FAILED, None
        payment.save(update_fields=["state", "next_check_at"])
        publish(PaymentFailed(payment_id=payment.pk), at=at)
        _payable(payment, "failed", at)
    return True


def provider_refunded(*, payment_id: int, total: Decimal, at: datetime) -> bool:
    """Record that the provider has sent back `total` of a payment altogether; False when that is known already.

    It may be reported before the capture: what went back was there before.
    """
    with transaction.atomic():
        payment = _locked(payment_id)
        if not Decimal(0) < total <= payment.amount:
            raise Refusal(_("More would go back than was paid."), field="amount")
        whole = total == payment.amount
        if payment.captured == 0 and not whole:
            capture(payment_id=payment_id, at=at)
            payment.refresh_from_db()
        if total <= payment.refunded:
            return False
        back = total - payment.refunded
        payment.captured, payment.refunded, payment.next_check_at = payment.amount, total, None
        payment.state = PaymentState.REFUNDED if whole else payment.state
        payment.save(update_fields=["state", "captured", "refunded", "next_check_at"])
        _take_back_allocations(payment, back, at=at)
        publish(PaymentRefunded(payment_id=payment.pk), at=at)
        if whole:
            _payable(payment, "taken_back", at)
    return True


def refund_above(
    *, payer_id: int, reference: Subject, keep: Money, cause: Subject, at: datetime, by_id: int | None
) -> Money:
    """Send back, by the way it came, whatever was paid for `reference` above `keep`; return how much that is.

    Once a cause and payment: a repeated call with the same cause sends nothing again. What a bill was paid with
    stays allocated to it until its credit note is there (`release_allocations`), so that nothing seems due between.
    """
    with transaction.atomic():
        lock(payer_id=payer_id)
        payments = list(paid_for(reference=str(reference)).select_for_update())
        held = sum((payment.captured - payment.refunded for payment in payments), Decimal(0))
        left = max(Decimal(0), held - keep.amount)
        sent = Decimal(0)
        for payment in payments:
            part = min(left - sent, payment.captured - payment.refunded)
            if part > 0 and not Refund.objects.filter(payment=payment, cause=str(cause)).exists():
                _refund(payment, part, cause=cause, at=at, by_id=by_id)
                sent += part
    return Money(sent, keep.currency)


def _refund(payment: Payment, amount: Decimal, *, cause: Subject, at: datetime, by_id: int | None) -> None:
    payment.refunded += amount
    if payment.refunded == payment.captured:
        payment.state = PaymentState.REFUNDED
    payment.save(update_fields=["refunded", "state"])
    refund = Refund.objects.create(payment=payment, amount=amount, cause=str(cause), at=at, by_id=by_id)
    METHODS.get(payment.method).refund(payment_id=payment.pk, amount=Money(amount, payment.currency), at=at)
    publish(PaymentRefunded(payment_id=payment.pk, refund_id=refund.pk), at=at, by_id=by_id)


def allocate(*, payment: Payment, at: datetime) -> None:
    """Let a captured payment pay the bills of its reference, or the bill it names, oldest first."""
    subject = Subject.parse(payment.reference)
    bills = Invoice.objects.filter(kind=InvoiceKind.INVOICE, currency=payment.currency)
    bills = bills.filter(pk=subject.id) if subject.kind == "invoice" else bills.filter(reference=payment.reference)
    used = sum(payment.allocations.values_list("amount", flat=True), Decimal(0))
    left = payment.captured - payment.refunded - used
    for bill in with_balance(bills).order_by("issued_at", "id"):
        part = min(left, bill.due)
        if part > 0:
            Allocation.objects.create(payment=payment, invoice=bill, amount=part, at=at)
            left -= part


def allocate_to_bill(*, invoice: Invoice, at: datetime) -> None:
    """Let what was paid for a new bill's reference before it was issued pay it."""
    for payment in paid_for(reference=invoice.reference).order_by("id"):
        allocate(payment=payment, at=at)


def release_allocations(*, invoice: Invoice, at: datetime) -> None:
    """Take back what payments that were refunded still pay of a bill, once its credit notes are issued."""
    for payment in Payment.objects.filter(allocations__invoice=invoice).distinct().order_by("id"):
        rows = list(payment.allocations.values_list("invoice_id", "amount"))
        over = sum((amount for _bill, amount in rows), Decimal(0)) - (payment.captured - payment.refunded)
        here = sum((amount for bill, amount in rows if bill == invoice.pk), Decimal(0))
        if over > 0 and here > 0:
            Allocation.objects.create(payment=payment, invoice=invoice, amount=-min(over, here), at=at)


def _take_back_allocations(payment: Payment, amount: Decimal, *, at: datetime) -> None:
    """Take allocations back by `amount`, first by what was never allocated, then from the newest bill."""
    sums: dict[int, Decimal] = {}
    for allocation in payment.allocations.order_by("id"):
        sums[allocation.invoice_id] = sums.get(allocation.invoice_id, Decimal(0)) + allocation.amount
    unallocated = payment.captured - (payment.refunded - amount) - sum(sums.values(), Decimal(0))
    left = max(Decimal(0), amount - unallocated)
    for invoice_id, allocated in reversed(sums.items()):
        part = min(left, allocated)
        if part > 0:
            Allocation.objects.create(payment=payment, invoice_id=invoice_id, amount=-part, at=at)
            left -= part


def _payable(payment: Payment, happened: str, at: datetime) -> None:
    subject = Subject.parse(payment.reference)
    if subject.kind not in PAYABLES:
        return
    payable = PAYABLES.get(subject.kind)
    told = {"captured": payable.captured, "failed": payable.failed, "taken_back": payable.taken_back}[happened]
    told(reference_id=subject.id, payment_id=payment.pk, at=at)


def refund_unallocated(*, payment_id: int, at: datetime) -> Money:
    """Send back what a captured payment has left over after its bills were paid; return how much that is."""
    with transaction.atomic():
        payment = _locked(payment_id)
        used = sum(payment.allocations.values_list("amount", flat=True), Decimal(0))
        left = payment.captured - payment.refunded - used
        if left > 0:
            _refund(payment, left, cause=Subject("payment", payment.pk), at=at, by_id=None)
    return Money(max(left, Decimal(0)), payment.currency)
