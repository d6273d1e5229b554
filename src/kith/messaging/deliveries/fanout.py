"""Going out: deliveries of a message in ranges of person keys, rows and cursor in one commit.

A worker may be killed anywhere: the next one goes on at the cursor; nobody is left out or written twice.
"""

from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from kith.kernel import clock
from kith.kernel.facts import publish
from kith.kernel.tasks import Queue, task
from kith.messaging.deliveries import arbiter
from kith.messaging.deliveries.facts import DeliveriesMade
from kith.messaging.deliveries.models import Delivery, Message, Severity
from kith.messaging.live.push import push_all

RANGE = 300_000  # each range asks for the whole audience again, so few large ones are quicker than many small ones


def stored_params(params: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of an audience as JSON; the day becomes a string."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in params.items()}


def _next_range(message: Message) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(id) FROM (SELECT id FROM people_person WHERE id > %s ORDER BY id LIMIT %s) AS next_ids",
            [message.cursor, RANGE],
        )
        found = cursor.fetchone()[0]
        return None if found is None else int(found)


def send_one_range(*, message_id: int, at: datetime) -> bool:
    """Write the deliveries of the next range; False when the message has gone out."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.sent_out_at is not None:
            return False
        upto = _next_range(message)
        if upto is None:
            message.sent_out_at = at
            message.save(update_fields=["sent_out_at"])
            return False
        after = message.cursor
        written = arbiter.deliver(
            message,
            where=f"({message.where}) AND p.id > %(after)s AND p.id <= %(upto)s",
            params={**(message.params or {}), "after": after, "upto": upto},
            at=message.at,
            untouched=not Delivery.objects.filter(message=message, person_id__gt=after, person_id__lte=upto).exists(),
        )
        message.cursor = upto
        message.save(update_fields=["cursor"])
        if written:
            urgent = message.severity >= Severity.URGENT
            publish(DeliveriesMade(message_id=message.pk, after=after, upto=upto, urgent=urgent), at=at)
            push_all(event="inbox", data={"urgent": urgent, "drill": message.drill})
    return True


def send_out(*, message_id: int, at: datetime) -> None:
    """Write every delivery still missing, range by range."""
    while send_one_range(message_id=message_id, at=at):
        pass


@task("messaging.send-out", queue=Queue.URGENT, attempts=25)
def go_out(*, message_id: int) -> None:
    """Write the deliveries of one message."""
    send_out(message_id=message_id, at=clock.now())
