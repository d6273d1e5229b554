"""Keeping the audience of notices in force as it is: set by set, never person by person."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from kith.kernel.facts import publish as publish_fact
from kith.messaging.deliveries import audience as deliveries
from kith.notices.publishing.facts import NoticeAudienceChanged, NoticeExpired
from kith.notices.publishing.models import Notice, NoticeState
from kith.people.segments.queries import audience_sql


def in_force(*, at: datetime) -> QuerySet[Notice]:
    """Return the published notices that hold and have gone out."""
    found = Notice.objects.filter(
        state=NoticeState.PUBLISHED, expired_at__isnull=True, message__sent_out_at__isnull=False
    )
    return found.exclude(expires_at__lte=at)


def keep_up(*, notice: Notice, at: datetime, only: Collection[int] | None = None) -> deliveries.Moved:
    """Add who joined the audience of a notice, close who left it; with `only` nobody else is looked at."""
    if notice.message_id is None:
        return deliveries.Moved(0, 0)
    with transaction.atomic():
        audience = audience_sql(rule=notice.rule, day=at.date())
        moved = deliveries.keep_up(message_id=notice.message_id, audience=audience, at=at, only=only)
        if moved.joined or moved.left:
            publish_fact(NoticeAudienceChanged(notice_id=notice.pk, joined=moved.joined, left=moved.left), at=at)
    return moved


def settle(*, notice: Notice, at: datetime) -> None:
    """At the due time, once: excuse the absent and name those out of reach."""
    with transaction.atomic():
        kept = Notice.objects.select_for_update().get(pk=notice.pk)
        if kept.settled_at is not None or kept.message_id is None or kept.due_at is None or kept.due_at > at:
            return
        deliveries.settle(message_id=kept.message_id, due_at=kept.due_at)
        kept.settled_at = at
        kept.save(update_fields=["settled_at"])


def expire(*, notice: Notice, at: datetime) -> None:
    """At the end, once: what nobody answered is closed; the audience stays as it is from now on."""
    with transaction.atomic():
        kept = Notice.objects.select_for_update().get(pk=notice.pk)
        if kept.expired_at is not None or kept.state != NoticeState.PUBLISHED or kept.message_id is None:
            return
        closed = deliveries.expire(message_id=kept.message_id) if kept.needs_acknowledgement else 0
        kept.expired_at, kept.next_wave_at = at, None
        kept.save(update_fields=["expired_at", "next_wave_at"])
        publish_fact(NoticeExpired(notice_id=kept.pk, unanswered=closed), at=at)
