"""Background entry points of mail: making mails from deliveries, and sending what waits."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from kith.kernel import clock
from kith.kernel.facts import Told, listens
from kith.kernel.tasks import Queue, task, tick
from kith.messaging.deliveries.facts import DeliveriesMade, DeliveryRerouted
from kith.messaging.deliveries.models import Channel, Delivery
from kith.messaging.mail.actions import make_mails
from kith.messaging.mail.models import MailOut, MailState
from kith.messaging.mail.queries import ranges
from kith.messaging.mail.sending import send_batch

MAILS_A_JOB = 1000
SENDING_LASTS = 20.0  # seconds


@task("messaging.make-mails", queue=Queue.BULK, attempts=25)
def make(*, message_id: int, after: int, upto: int) -> None:
    """Make the mails of a range of persons, then let them be sent."""
    make_mails(message_id=message_id, after=after, upto=upto, at=clock.now())
    send.defer_once(key="messaging.send-mails")


@task("messaging.send-mails", attempts=3)
def send() -> None:
    """Send until nothing is left that may go now; after 20 seconds in a job of its own, so that a worker can stop."""
    until = time.monotonic() + SENDING_LASTS
    while send_batch(at=clock.now()):
        if time.monotonic() > until:
            send.defer_once(key="messaging.send-mails")
            return


@listens(DeliveriesMade, name="messaging.make-mails")
def deliveries_made(told: Sequence[Told[DeliveriesMade]]) -> None:
    """Enqueue the making of mails a thousand a job; those of urgent messages overtake everything else."""
    for urgent in (True, False):
        facts = [each.fact for each in told if each.fact.urgent == urgent]
        batches = [
            {"message_id": made.message_id, "after": after, "upto": upto}
            for made in facts
            for after, upto in ranges(message_id=made.message_id, after=made.after, upto=made.upto, size=MAILS_A_JOB)
        ]
        make.defer_many(batches, urgent=urgent)


@listens(DeliveryRerouted, name="messaging.mail-rerouted")
def rerouted(told: Sequence[Told[DeliveryRerouted]]) -> None:
    """Enqueue the mails of deliveries whose device or number failed."""
    rows = Delivery.objects.filter(pk__in=[each.fact.delivery_id for each in told], channel=Channel.MAIL)
    jobs = [{"message_id": row.message_id, "after": row.person_id - 1, "upto": row.person_id} for row in rows]
    make.defer_many(jobs, urgent=True)


@tick("messaging.send-mails", every=timedelta(seconds=15))
def look(at: datetime) -> None:
    """Send mails whose hour or next try has come."""
    if MailOut.objects.filter(state=MailState.WAITING, next_try__lte=at).exists():
        send.defer_once(key="messaging.send-mails")
