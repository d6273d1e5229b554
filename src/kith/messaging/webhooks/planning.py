"""Planning: one row for each endpoint and fact, by the positions of facts, so that none is told twice or forgotten."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from kith.messaging.webhooks.models import Endpoint, EndpointState
from kith.messaging.webhooks.queries import last_position

BATCH = 1000
_PLAN = """
    INSERT INTO messaging_sending (public_id, endpoint_id, position, kind, state, attempts, next_try, error, created_at)
    SELECT gen_random_uuid(), %(endpoint)s, f.position, f.kind, 'waiting', 0, %(at)s, '', %(at)s
    FROM kernel_fact f
    WHERE f.position > %(after)s AND f.position <= %(upto)s
      AND (cardinality(%(kinds)s::text[]) = 0 OR f.kind = ANY(%(kinds)s::text[]))
    ORDER BY f.position
    ON CONFLICT (endpoint_id, position) WHERE position IS NOT NULL DO NOTHING
"""


def plan(*, endpoint_id: int, at: datetime) -> int:
    """Make the rows of what happened since; return how many. What is paused or stopped catches up when it resumes."""
    last, made = last_position(), 0
    while (planned := _plan_some(endpoint_id, last=last, at=at)) is not None:
        made += planned
    return made


def _plan_some(endpoint_id: int, *, last: int, at: datetime) -> int | None:
    """Plan the next facts of one endpoint, rows and position in one commit; None when it is up to date."""
    with transaction.atomic():
        kept = (
            Endpoint.objects.select_for_update(skip_locked=True)
            .filter(pk=endpoint_id, state=EndpointState.ACTIVE, removed_at=None, position__lt=last)
            .first()
        )
        if kept is None:
            return None
        upto = min(last, kept.position + BATCH)
        given: dict[str, Any] = {
            "endpoint": kept.pk,
            "after": kept.position,
            "upto": upto,
            "kinds": kept.kinds,
            "at": at,
        }
        with connection.cursor() as cursor:
            cursor.execute(_PLAN, given)
            planned = cursor.rowcount
        Endpoint.objects.filter(pk=kept.pk).update(position=upto)
        return int(planned)
