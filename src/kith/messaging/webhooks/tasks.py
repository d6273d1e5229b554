"""Background entry points of webhooks: planning what happened, sending what waits, forgetting what is old."""

import time
from datetime import datetime, timedelta

from kith.kernel import clock
from kith.kernel.facts.sequencing import number_facts
from kith.kernel.tasks import Queue, task, tick
from kith.messaging.webhooks.models import Endpoint, EndpointState, Sending, SendingState
from kith.messaging.webhooks.planning import plan
from kith.messaging.webhooks.queries import due_endpoints
from kith.messaging.webhooks.sending import send_batch

LASTS = 20.0  # seconds, then another job goes on, so that a worker can stop
KEPT = timedelta(days=30)


@task("messaging.send-webhooks", queue=Queue.BULK, attempts=3)
def send(*, endpoint_id: int) -> None:
    """Plan and send for one endpoint until nothing is left that may go now; endpoints never wait for one another."""
    until = time.monotonic() + LASTS
    plan(endpoint_id=endpoint_id, at=clock.now())
    while send_batch(endpoint_id=endpoint_id, at=clock.now()):
        if time.monotonic() > until:
            send.defer_once(key=f"webhook:{endpoint_id}", endpoint_id=endpoint_id)
            return


@tick("messaging.webhooks", every=timedelta(seconds=5))
def look(at: datetime) -> None:
    """Let facts that have happened, and tries that are due, be sent."""
    if not Endpoint.objects.filter(state=EndpointState.ACTIVE, removed_at=None).exists():
        return
    number_facts()
    for endpoint_id in due_endpoints(at=at):
        send.defer_once(key=f"webhook:{endpoint_id}", endpoint_id=endpoint_id)


@tick("messaging.forget-webhooks", every=timedelta(hours=6))
def forget(at: datetime) -> None:
    """Remove what was sent, failed or dropped a month ago, and endpoints that were removed then."""
    Sending.objects.exclude(state=SendingState.WAITING).filter(created_at__lt=at - KEPT).delete()
    Endpoint.objects.filter(removed_at__lt=at - KEPT, sendings=None).delete()
