"""Due work of notices: after the due time the lists go to the line managers."""

from datetime import datetime, timedelta

from kith.kernel.tasks import tick
from kith.notices.publishing.actions import escalate
from kith.notices.publishing.models import Notice, NoticeState


@tick("notices.escalate", every=timedelta(minutes=1))
def escalate_due(at: datetime) -> None:
    """Escalate every notice whose due time has passed."""
    due = Notice.objects.filter(
        state=NoticeState.PUBLISHED, needs_acknowledgement=True, escalated_at__isnull=True, due_at__lte=at
    )
    for notice in due.order_by("due_at"):
        escalate(notice=notice, at=at)
