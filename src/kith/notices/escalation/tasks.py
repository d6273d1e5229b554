"""Due work of the ladder."""

from datetime import datetime, timedelta

from kith.kernel.tasks import tick
from kith.notices.audiences.actions import settle
from kith.notices.escalation.actions import climb
from kith.notices.publishing.models import Notice, NoticeState


@tick("notices.escalate", every=timedelta(minutes=1))
def escalate_due(at: datetime) -> None:
    """Climb the ladder of every notice with a step that is due."""
    due = Notice.objects.filter(state=NoticeState.PUBLISHED, next_wave_at__lte=at)
    for notice in due.order_by("next_wave_at"):
        settle(notice=notice, at=at)  # who is excused is not reminded
        climb(notice=notice, at=at)
