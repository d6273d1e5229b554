"""Sending: lease, send outside of any transaction, mark.

A crash between the receiver's answer and our mark sends one fact again, with the same `webhook-id`. What is not
taken (anything but 2xx) is tried again after 5 seconds, 5 and 30 minutes, then hours, ten times in three days; its
endpoint rests meanwhile, so that a dead one costs a try now and then and never holds up another.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from kith.kernel import outbound
from kith.kernel.facts.models import Fact
from kith.kernel.refusals import Refusal
from kith.kernel.switches import is_muted
from kith.messaging.webhooks import signing
from kith.messaging.webhooks.actions import stop
from kith.messaging.webhooks.models import Endpoint, EndpointState, Sending, SendingState
from kith.messaging.webhooks.queries import secrets_in_force
from kith.portal.feed.queries import Outside, told_outside

BATCH = 20
LEASE = timedelta(minutes=5)  # longer than a batch to a receiver that is slow at every step
SECONDS = (5, 300, 1800, 7200, 18000, 36000, 50400, 50400, 72000)
"""How long to wait after each failed try, of a fact as of an endpoint; after the last a fact is given up."""
GIVE_UP = timedelta(days=3)
GONE = 410


def lease(*, endpoint_id: int, at: datetime) -> list[Sending]:
    """Take the next sendings of an endpoint, the longest waiting first; none while it waits after a failure."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
    due = Sending.objects.filter(
        free, endpoint=endpoint_id, state=SendingState.WAITING, next_try__lte=at, endpoint__state=EndpointState.ACTIVE,
        endpoint__removed_at=None,
    ).exclude(endpoint__next_try__gt=at)  # fmt: skip
    with transaction.atomic():
        locked = due.select_for_update(skip_locked=True, of=("self",)).select_related("endpoint")
        found = list(locked.order_by("next_try", "id")[:BATCH])
        Sending.objects.filter(pk__in=[row.pk for row in found]).update(leased_until=at + LEASE)
    return found


def send_batch(*, endpoint_id: int, at: datetime) -> int:
    """Send what is due to an endpoint; return how many it took, 0 when nothing may go or it does not take any more."""
    if is_muted():
        return 0
    rows = lease(endpoint_id=endpoint_id, at=at)
    bodies = _bodies(rows)
    for tried, row in enumerate(rows):
        if not _send(row, bodies.get(row.pk), at=at):
            Sending.objects.filter(pk__in=[left.pk for left in rows[tried + 1 :]]).update(leased_until=None)
            return 0
    return len(rows)


def _bodies(rows: Sequence[Sending]) -> dict[int, bytes]:
    """Return what is sent, by sending; the same facts are read once for all endpoints."""
    positions = {row.position for row in rows if row.position is not None}
    facts = list(Fact.objects.filter(position__in=positions))
    told = {each.position: each for each in told_outside(facts)}
    found = {row.pk: _body(told[row.position]) for row in rows if row.position in told}
    found |= {row.pk: _test(row) for row in rows if row.position is None}
    return found


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _body(fact: Outside) -> bytes:
    about = [{"kind": kind, "id": str(key) if key else None} for kind, key in fact.about]
    data = {"position": fact.position, "by": str(fact.by) if fact.by else None, "about": about, **fact.data}
    return _json({"type": fact.kind, "timestamp": fact.at.isoformat(), "data": data})


def _test(row: Sending) -> bytes:
    return _json({"type": row.kind, "timestamp": row.created_at.isoformat(), "data": {}})


def _send(row: Sending, body: bytes | None, *, at: datetime) -> bool:
    """Send one and mark it; False when the receiver did not take it."""
    if body is None:
        Sending.objects.filter(pk=row.pk).update(state=SendingState.DROPPED, leased_until=None)
        return True
    message_id = f"msg_{row.public_id.hex}"
    secrets = secrets_in_force(row.endpoint, at=at)
    headers = signing.signed(secrets_in_force=secrets, message_id=message_id, at=at, body=body)
    try:
        answer = outbound.fetch(
            row.endpoint.url, method="POST", headers={"Content-Type": "application/json", **headers}, body=body
        )
    except (outbound.UnreachableError, Refusal) as error:
        return _failed(row, status=None, error=str(error), at=at)
    if 200 <= answer.status < 300:  # noqa: PLR2004  (taken)
        return _taken(row, answer.status, at=at)
    return _failed(row, status=answer.status, error="", at=at)


def _taken(row: Sending, status: int, *, at: datetime) -> bool:
    Sending.objects.filter(pk=row.pk).update(
        state=SendingState.SENT, status=status, error="", attempts=row.attempts + 1, leased_until=None, tried_at=at
    )
    failing = Endpoint.objects.filter(pk=row.endpoint_id, failing_since__isnull=False)
    failing.update(failing_since=None, failures=0, next_try=None)
    return True


def _failed(row: Sending, *, status: int | None, error: str, at: datetime) -> bool:
    """Mark a failure; the endpoint is stopped when nothing arrived for three days, or when it says it is gone."""
    attempts = row.attempts + 1
    last = attempts > len(SECONDS)
    Sending.objects.filter(pk=row.pk).update(
        state=SendingState.FAILED if last else SendingState.WAITING, status=status, error=error[:200],
        attempts=attempts, leased_until=None, tried_at=at,
        next_try=at if last else at + timedelta(seconds=SECONDS[attempts - 1]),
    )  # fmt: skip
    since = _tire(row.endpoint_id, at=at)
    if status == GONE or at - since >= GIVE_UP:
        stop(endpoint_id=row.endpoint_id, at=at)
    return False


def _tire(endpoint_id: int, *, at: datetime) -> datetime:
    """Let an endpoint rest after a failure, longer after each one; return since when it fails."""
    with transaction.atomic():
        kept = Endpoint.objects.select_for_update().get(pk=endpoint_id)
        kept.failing_since, kept.failures = kept.failing_since or at, kept.failures + 1
        kept.next_try = at + timedelta(seconds=SECONDS[min(kept.failures, len(SECONDS)) - 1])
        kept.save(update_fields=["failing_since", "failures", "next_try"])
    return kept.failing_since
