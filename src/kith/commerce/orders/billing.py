"""Bills of orders: issued and credited by listeners, in batches, off the check-out's path."""

from collections.abc import Collection
from datetime import datetime

from kith.billing.invoices.actions import NewLine, credit, issue
from kith.billing.invoices.models import Invoice, InvoiceKind
from kith.billing.payers.models import Payer
from kith.billing.payments.actions import allocate_to_bill, refund_above, release_allocations
from kith.commerce.orders.confirming import subject_of, total_left
from kith.commerce.orders.models import Cancellation, Order, OrderKind
from kith.kernel.clock import local_date
from kith.kernel.subjects import Subject


def settle_bills(*, order_ids: Collection[int], at: datetime) -> None:
    """Issue the bill of each order as it was placed, then a credit note for each cancellation; once each.

    Payers are locked first, in the order of their ids; number series come last. Gifts and orders for nothing
    have no bill.
    """
    orders = (
        Order.objects.filter(pk__in=order_ids, kind=OrderKind.SALE, total__gt=0, confirmed_at__isnull=False)
        .select_related("store", "organization", "payer", "payer__person", "payer__organization")
        .order_by("id")
    )
    payers = {order.payer_id for order in orders}
    list(Payer.objects.select_for_update(no_key=True).filter(pk__in=payers).order_by("pk").values("pk"))
    for order in orders:
        _credit_cancelled(order, _bill_of(order), at=at)


def _bill_of(order: Order) -> Invoice:
    reference = subject_of(order)
    known = Invoice.objects.filter(reference=str(reference), kind=InvoiceKind.INVOICE).first()
    if known is not None:
        return known
    confirmed = order.confirmed_at or order.placed_at
    issued_on = local_date(confirmed, order.store.zone)
    invoice = issue(
        organization=order.organization,
        payer=order.payer,
        lines=[
            NewLine(
                name=line.name, detail=line.sku, quantity=line.quantity, unit_price=line.unit_price,
                tax_code=line.tax_code, reference=str(Subject("order-line", line.pk)),
            )
            for line in order.lines.order_by("position")
        ],
        reference=reference,
        currency=order.currency,
        country=order.store.country,
        issued_on=issued_on,
        due_on=order.due_on or issued_on,
        language=order.language,
        at=confirmed,
    )  # fmt: skip
    allocate_to_bill(invoice=invoice, at=confirmed)
    return invoice


def _credit_cancelled(order: Order, invoice: Invoice, *, at: datetime) -> None:
    """Issue the credit notes that are missing; what was paid of the bill between cancelling and now goes back."""
    cancellations = Cancellation.objects.filter(line__order=order).order_by("id")
    done = set(Invoice.objects.filter(corrects=invoice).values_list("cause", flat=True))
    lines: dict[str, int] = {}
    for cancellation in cancellations:
        cause = Subject("cancellation", cancellation.pk)
        if str(cause) in done:
            continue
        lines = lines or {line.reference: line.pk for line in invoice.lines.all()}
        note = credit(
            invoice=invoice,
            quantities={lines[str(Subject("order-line", cancellation.line_id))]: cancellation.quantity},
            cause=cause,
            issued_on=local_date(at, order.store.zone),
            at=at,
            by_id=cancellation.by_id,
        )
        refund_above(
            payer_id=order.payer_id,
            reference=subject_of(order),
            keep=total_left(order),
            cause=Subject("invoice", note.pk),
            at=at,
            by_id=None,
        )
        release_allocations(invoice=invoice, at=at)
