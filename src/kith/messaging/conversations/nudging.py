"""Reminding those who are away of what they have not read: one message a person, only where something is new.

The arbiter decides on the hour and the channel. Whoever was reminded is reminded again when they have read since, or
after four hours; never of the same posts twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from kith.messaging.conversations.models import Member
from kith.messaging.wording.actions import send_wording
from kith.people.segments.compiler import ALIVE

WAITS = timedelta(minutes=5)
AGAIN = timedelta(hours=4)
PEOPLE = 500
_DUE = f"""
    SELECT DISTINCT m.person_id
    FROM messaging_member m
    JOIN messaging_conversation c ON c.id = m.conversation_id
    JOIN messaging_post f ON f.conversation_id = m.conversation_id
         AND f.seq = greatest(m.read_seq, m.notified_seq, m.since_seq) + 1
    JOIN people_person p ON p.id = m.person_id
    WHERE m.left_at IS NULL AND {ALIVE} AND f.at <= %(quiet)s
      AND CASE m.notify WHEN 'all' THEN TRUE WHEN 'mentions' THEN
          m.mentioned_seq > greatest(m.read_seq, m.notified_seq, m.since_seq) ELSE FALSE END
      AND (m.notified_at IS NULL OR m.read_seq >= m.notified_seq OR m.notified_at <= %(again)s)
      AND (c.kind = 'duty' OR EXISTS (SELECT 1 FROM people_tie t WHERE t.person_id = p.id AND t.kind = 'employee'
           AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s)))
    ORDER BY m.person_id LIMIT %(limit)s
"""  # noqa: S608  (only our own words)


def due(*, at: datetime, limit: int = PEOPLE) -> list[int]:
    """Return the persons who have something unread since five minutes that they were not reminded of."""
    given: dict[str, Any] = {"quiet": at - WAITS, "again": at - AGAIN, "day": at.date(), "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(_DUE, given)
        return [row[0] for row in cursor.fetchall()]


def nudge(*, at: datetime) -> int:
    """Remind everybody who is due, one message each for all their conversations; return how many persons."""
    people = due(at=at)
    for person_id in people:
        with transaction.atomic():
            _remind(person_id, at=at)
    return len(people)


def _remind(person_id: int, *, at: datetime) -> None:
    rows = list(
        Member.objects.select_for_update(of=("self",))
        .select_related("conversation")
        .filter(person_id=person_id, left_at=None)
        .exclude(notify="nothing")
        .order_by("pk")
    )
    fresh = [row for row in rows if _news(row) > 0]
    if not fresh:
        return
    _tell(person_id, fresh, at=at)
    for row in fresh:
        row.notified_seq, row.notified_at = row.conversation.last_seq, at
    Member.objects.bulk_update(fresh, ["notified_seq", "notified_at"])


def _news(member: Member) -> int:
    seen = max(member.read_seq, member.notified_seq, member.since_seq)
    if member.notify == "mentions" and member.mentioned_seq <= seen:
        return 0
    return member.conversation.last_seq - seen


def _tell(person_id: int, fresh: Sequence[Member], *, at: datetime) -> None:
    unread = sum(row.conversation.last_seq - max(row.read_seq, row.since_seq) for row in fresh)
    newest = max(fresh, key=lambda row: row.conversation.last_at)
    state = "-".join(f"{row.conversation_id}.{row.conversation.last_seq}" for row in fresh[:6])
    send_wording(
        code="messaging.unread", to=[person_id], at=at, values={"number": str(unread), "places": str(len(fresh))},
        link=f"/messages/{newest.conversation.public_id}/" if len(fresh) == 1 else "/messages/",
        dedupe_key=f"unread:{person_id}:{state}"[:200],
    )  # fmt: skip
