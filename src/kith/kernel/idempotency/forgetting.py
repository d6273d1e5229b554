"""Forgetting old keys: an answer kept for a repeat holds personal data, and no repeat comes after a month."""

from datetime import datetime, timedelta

from kith.kernel.idempotency.models import IdempotencyKey
from kith.kernel.tasks import tick

KEPT = timedelta(days=30)


@tick("kernel.forget-keys", every=timedelta(hours=6))
def forget(at: datetime) -> None:
    """Remove keys that were used more than 30 days ago."""
    IdempotencyKey.objects.filter(at__lt=at - KEPT).delete()
