"""Due work of payments: events that waited, and payments nobody has heard of."""

from datetime import datetime, timedelta

from kith.billing.payments import events
from kith.billing.payments.models import Payment, PaymentState
from kith.kernel.tasks import tick

ASK_AGAIN = timedelta(hours=1)
GIVE_UP = timedelta(days=7)


@tick("billing.apply-kept-events", every=timedelta(seconds=10))
def apply_kept_events(at: datetime) -> None:
    """Apply events whose payment has become known."""
    events.apply_kept(at=at)


@tick("billing.doubt-silent-payments", every=timedelta(minutes=1))
def doubt_silent_payments(at: datetime) -> None:
    """Call a payment unknown whose provider said nothing; after a week nobody looks again by itself."""
    doubt(at=at)


def doubt(*, at: datetime) -> int:
    """Set silent payments to UNKNOWN with a next check, the desk shows them; return how many."""
    silent = Payment.objects.filter(next_check_at__lte=at, state__in=(PaymentState.PENDING, PaymentState.UNKNOWN))
    silent.filter(created_at__lte=at - GIVE_UP).update(state=PaymentState.UNKNOWN, next_check_at=None)
    return silent.update(state=PaymentState.UNKNOWN, next_check_at=at + ASK_AGAIN)
