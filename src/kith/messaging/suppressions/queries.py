"""Reads of suppressed addresses."""

from datetime import datetime

from django.db.models import Q, QuerySet

from kith.messaging.suppressions.models import Suppression


def active(*, at: datetime) -> QuerySet[Suppression]:
    """Return the suppressions in force, newest first."""
    over = Q(until__isnull=True) | Q(until__gt=at)
    return Suppression.objects.filter(over, released_at=None).order_by("-id")


def suppression_of(*, address: str, at: datetime) -> Suppression | None:
    """Return why an address gets no mail, None where it does."""
    return active(at=at).filter(address=address.casefold()).first() if address else None
