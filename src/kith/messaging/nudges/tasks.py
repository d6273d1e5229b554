"""Background entry points of nudges: made from deliveries, sent while there are some."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from kith.kernel import clock
from kith.kernel.facts import Told, listens
from kith.kernel.tasks import Queue, task, tick
from kith.messaging.deliveries.facts import DeliveriesMade, DeliveryRerouted
from kith.messaging.deliveries.models import Delivery
from kith.messaging.nudges.actions import any_way, make_nudges
from kith.messaging.nudges.models import Nudge, NudgeState
from kith.messaging.nudges.sending import send_batch

SENDING_LASTS = 20.0  # seconds


@task("messaging.make-nudges", queue=Queue.BULK, attempts=25)
def make(*, message_id: int, after: int, upto: int) -> None:
    """Make the nudges of a range of persons, then let them be sent."""
    if make_nudges(message_id=message_id, after=after, upto=upto, at=clock.now()):
        send.defer_once(key="messaging.send-nudges")


@task("messaging.send-nudges", attempts=3)
def send() -> None:
    """Send until nothing is left that may go now; after 20 seconds in a job of its own."""
    until = time.monotonic() + SENDING_LASTS
    while send_batch(at=clock.now()):
        if time.monotonic() > until:
            send.defer_once(key="messaging.send-nudges")
            return


@listens(DeliveriesMade, name="messaging.make-nudges")
def deliveries_made(told: Sequence[Told[DeliveriesMade]]) -> None:
    """Enqueue the making of nudges; while nobody has a device or a number there is nothing to do."""
    if not any_way():
        return
    for urgent in (True, False):
        facts = [each.fact for each in told if each.fact.urgent == urgent]
        jobs = [{"message_id": made.message_id, "after": made.after, "upto": made.upto} for made in facts]
        make.defer_many(jobs, urgent=urgent)


@listens(DeliveryRerouted, name="messaging.nudge-rerouted")
def rerouted(told: Sequence[Told[DeliveryRerouted]]) -> None:
    """Enqueue the nudges of deliveries whose first way failed."""
    rows = Delivery.objects.filter(pk__in=[each.fact.delivery_id for each in told])
    jobs = [{"message_id": row.message_id, "after": row.person_id - 1, "upto": row.person_id} for row in rows]
    make.defer_many(jobs, urgent=True)


@tick("messaging.send-nudges", every=timedelta(seconds=15))
def look(at: datetime) -> None:
    """Send nudges whose hour or next try has come."""
    if Nudge.objects.filter(state=NudgeState.WAITING, next_try__lte=at).exists():
        send.defer_once(key="messaging.send-nudges")
