"""Reads of payments."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum

from kith.billing.payers.queries import visible_to as payers_visible_to
from kith.billing.payments.models import Payment

NOTHING = Decimal(0)


def visible_to(*, person_id: int, day: date) -> QuerySet[Payment]:
    """Return the payments of the person and of the firms the person stands for, newest first."""
    return Payment.objects.filter(payer__in=payers_visible_to(person_id=person_id, day=day)).order_by("-id")


def paid_for(*, reference: str) -> QuerySet[Payment]:
    """Return the payments made for a reference, or for a bill of it, that still hold money; the newest first."""
    found = Payment.objects.filter(
        Q(reference=reference) | Q(allocations__invoice__reference=reference), captured__gt=F("refunded")
    )
    return Payment.objects.filter(pk__in=found.values("pk")).order_by("-id")


def held_for(*, reference: str) -> Decimal:
    """Return how much of what was paid for a reference we still hold."""
    sums = paid_for(reference=reference).aggregate(held=Sum(F("captured") - F("refunded")))
    return sums["held"] or NOTHING


def latest(*, references: Collection[str]) -> dict[str, Payment]:
    """Return the newest payment of each reference that has one."""
    return {payment.reference: payment for payment in Payment.objects.filter(reference__in=references).order_by("id")}
