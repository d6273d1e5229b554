"""The tables of payments."""

from django.db import models
from django.db.models import F, Q

from kith.billing.invoices.models import Invoice
from kith.billing.payers.models import Payer
from kith.billing.processes.models import PaymentProcess
from kith.kernel.identifiers import PublicIdField
from kith.people.organizations.models import Organization


class PaymentState(models.TextChoices):
    """Where a payment stands. UNKNOWN: a provider was asked and did not answer; someone looks again."""

    PENDING = "pending"
    UNKNOWN = "unknown"
    FAILED = "failed"
    CAPTURED = "captured"
    REFUNDED = "refunded"


RANKS = {
    PaymentState.PENDING: 0,
    PaymentState.UNKNOWN: 0,
    PaymentState.FAILED: 1,
    PaymentState.CAPTURED: 2,
    PaymentState.REFUNDED: 3,
}
"""Reports of a provider may come in any order: a state gives way only to one of a higher rank."""


class Payment(models.Model):
    """An amount a payer pays by a method, for a `reference` (`order:9`, `invoice:4`) opaque to the method.

    `captured` is what we got, `refunded` what went back of it. The row pins the process version it ran under.
    """

    public_id = PublicIdField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="payments")
    reference = models.CharField(max_length=80)
    method = models.CharField(max_length=40)
    process = models.ForeignKey(
        PaymentProcess, null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    amount = models.DecimalField(max_digits=20, decimal_places=4)
    captured = models.DecimalField(max_digits=20, decimal_places=4, default=0)
    refunded = models.DecimalField(max_digits=20, decimal_places=4, default=0)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=PaymentState.choices, default=PaymentState.PENDING)
    return_url = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    next_check_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["reference"]),
            models.Index(fields=["next_check_at"], name="payment_open", condition=Q(next_check_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_an_amount"),
            models.CheckConstraint(
                condition=Q(refunded__gte=0) & Q(refunded__lte=F("captured")) & Q(captured__lte=F("amount")),
                name="payment_refund_at_most_captured",
            ),
        ]


class Refund(models.Model):
    """An amount that went back by the way it came, once a `cause` (`cancellation:3`)."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount = models.DecimalField(max_digits=20, decimal_places=4)
    cause = models.CharField(max_length=80)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "cause"], name="refund_once_a_cause"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_is_an_amount"),
        ]


class Allocation(models.Model):
    """Which part of a payment pays which bill; negative where a refund takes it back."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="allocations")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="allocations")
    amount = models.DecimalField(max_digits=20, decimal_places=4)
    at = models.DateTimeField()


class PaymentEvent(models.Model):
    """What a provider reported, kept whole and once. `applied_at` None: its payment is not known yet.

    `payment_key` is the payment's public id as the provider knows it; `outcome` says in a word what came of it.
    """

    provider = models.CharField(max_length=40)
    event_id = models.CharField(max_length=255)
    kind = models.CharField(max_length=40)
    payment_key = models.CharField(max_length=64)
    amount = models.DecimalField(max_digits=20, decimal_places=4)
    currency = models.CharField(max_length=3)
    body = models.JSONField()
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="payment_event_once")]
        indexes = [
            models.Index(fields=["payment_key"], name="payment_event_kept", condition=Q(applied_at__isnull=True))
        ]
