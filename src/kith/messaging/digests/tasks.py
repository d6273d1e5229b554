"""Background entry points of digests."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kith.kernel.facts import Told, listens
from kith.kernel.tasks import tick
from kith.messaging.consents.models import DigestChoice
from kith.messaging.deliveries.facts import DeliveriesMade
from kith.messaging.digests.actions import collect, tell_due
from kith.messaging.digests.models import DigestEntry
from kith.messaging.mail.tasks import send


@listens(DeliveriesMade, name="messaging.collect-digests")
def deliveries_made(told: Sequence[Told[DeliveriesMade]]) -> None:
    """Let what waits for a summary go into it; while nobody chose one there is nothing to do."""
    if not DigestChoice.objects.exists():
        return
    for each in told:
        if not each.fact.urgent:
            collect(message_id=each.fact.message_id, after=each.fact.after, upto=each.fact.upto)


@tick("messaging.digests", every=timedelta(minutes=1))
def look(at: datetime) -> None:
    """Write the summaries whose hour has come."""
    if DigestEntry.objects.filter(due_at__lte=at, done_at=None).exists() and tell_due(at=at):
        send.defer_once(key="messaging.send-mails")
