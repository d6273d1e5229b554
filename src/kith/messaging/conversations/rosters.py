"""Keeping the members of rosters in step with their rules: in two statements, whatever their size."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction

from kith.messaging.conversations.models import Conversation, Kind
from kith.people.segments.queries import audience_sql

_LEAVE = """
    UPDATE messaging_member m SET left_at = %(at)s, gone = 'rule'
    WHERE m.conversation_id = %(conversation)s AND m.left_at IS NULL AND m.person_id NOT IN ({ids})
    RETURNING m.person_id
"""
_JOIN = """
    INSERT INTO messaging_member (conversation_id, person_id, joined_at, since_seq, read_seq, mentioned_seq,
                                  notified_seq, notify, leads, gone)
    SELECT %(conversation)s, found.id, %(at)s, 0, %(last)s, 0, %(last)s, 'all', FALSE, '' FROM ({ids}) AS found
    ON CONFLICT (conversation_id, person_id) DO UPDATE
    SET left_at = NULL, gone = '', joined_at = excluded.joined_at, read_seq = excluded.read_seq,
        notified_seq = excluded.notified_seq
    WHERE messaging_member.left_at IS NOT NULL
    RETURNING person_id
"""


def sync(*, conversation_id: int, at: datetime) -> tuple[int, int]:
    """Let those in whom the rule of a roster describes today and let the others go; return how many came and went.

    Who comes may read what was said before (that is what a handover is for), and has nothing unread of it.
    """
    with transaction.atomic():
        kept = Conversation.objects.select_for_update().get(pk=conversation_id, kind=Kind.ROSTER)
        audience = audience_sql(rule=kept.rule, day=at.date())
        given = {**audience.params, "conversation": kept.pk, "at": at, "last": kept.last_seq}
        with connection.cursor() as cursor:
            cursor.execute(_LEAVE.format(ids=audience.ids), given)
            went = cursor.rowcount
            cursor.execute(_JOIN.format(ids=audience.ids), given)
            return cursor.rowcount, went


def sync_all(*, at: datetime, ids: Collection[int] | None = None) -> int:
    """Do so for all rosters, each in a transaction of its own; return how many people came or went."""
    rows = Conversation.objects.filter(kind=Kind.ROSTER).order_by("pk")
    keys = list((rows if ids is None else rows.filter(pk__in=ids)).values_list("pk", flat=True))
    return sum(sum(sync(conversation_id=key, at=at)) for key in keys)
