"""Due work of audiences: the tail, the due time and the end of every notice in force."""

from datetime import datetime, timedelta

from kith.kernel.tasks import tick
from kith.notices.audiences import actions
from kith.notices.publishing.models import Notice, NoticeState


@tick("notices.settle", every=timedelta(minutes=1))
def settle_due(at: datetime) -> None:
    """Settle the notices whose due time is over, and end those that do not hold any more."""
    published = Notice.objects.filter(state=NoticeState.PUBLISHED, expired_at__isnull=True)
    due = published.filter(needs_acknowledgement=True, settled_at__isnull=True, due_at__lte=at)
    for notice in due.order_by("due_at"):
        actions.settle(notice=notice, at=at)
    for notice in published.filter(expires_at__lte=at).order_by("expires_at"):
        actions.expire(notice=notice, at=at)


@tick("notices.keep-up", every=timedelta(hours=1))
def keep_up_all(at: datetime) -> None:
    """Bring the audience of every notice in force up to date: also where a date came that nobody told."""
    for notice in actions.in_force(at=at).order_by("id"):
        actions.keep_up(notice=notice, at=at)
