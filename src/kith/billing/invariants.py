"""What must always hold of bills and payments."""

from django.db.models import DecimalField, F, Sum, Value
from django.db.models.functions import Coalesce

from kith.billing.invoices.models import Invoice
from kith.billing.invoices.queries import gaps
from kith.billing.payments.models import Payment
from kith.kernel.invariants import INVARIANTS, Invariant


def gaps_in_numbers() -> list[str]:
    """Return a line for each number that is missing from a series."""
    return [f"{gap.kind} {gap.year}: {gap.expected} is missing before {gap.found}." for gap in gaps()[:100]]


def lines_that_do_not_add_up() -> list[str]:
    """Return a line for each bill whose lines or taxes are not its sums."""
    money: DecimalField[object, object] = DecimalField(max_digits=20, decimal_places=4)
    wrong = Invoice.objects.annotate(gross=Sum("lines__gross"), base=Sum("lines__net")).exclude(
        gross=F("total"), base=F("net")
    )
    taxed = Invoice.objects.annotate(
        charged=Coalesce(Sum("taxes__amount"), Value(0), output_field=money),
    ).exclude(charged=F("tax"))
    return [f"{bill.number} does not add up." for bill in [*wrong[:50], *taxed[:50]]]


def refunds_that_do_not_add_up() -> list[str]:
    """Return a line for each payment that sent back less than its refunds say."""
    wrong = Payment.objects.annotate(sent=Sum("refunds__amount")).filter(sent__gt=F("refunded"))
    return [f"Payment {payment.public_id}: refunds are more than it sent back." for payment in wrong[:100]]


INVARIANTS.put("billing.numbers-without-gaps", Invariant("Bills are numbered without gaps.", gaps_in_numbers))
INVARIANTS.put("billing.bills-add-up", Invariant("Every bill is the sum of its lines.", lines_that_do_not_add_up))
INVARIANTS.put(
    "billing.refunds-add-up", Invariant("No refund is missing from its payment.", refunds_that_do_not_add_up)
)
