"""Another way for one delivery after its first one failed: mail, a device, a number, else the inbox it stands in."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from kith.kernel.facts import publish
from kith.messaging.deliveries.arbiter import may_stay_in_inbox
from kith.messaging.deliveries.facts import DeliveryRerouted
from kith.messaging.deliveries.models import OUTSTANDING, Channel, Delivery
from kith.messaging.deliveries.ways import ways

_NEXT = (
    "UPDATE messaging_delivery d SET reason = 'bounced', "
    "channel = CASE WHEN w.way = {inbox} THEN d.channel ELSE w.way END "
    "FROM (SELECT {way} AS way FROM people_person p "
    "LEFT JOIN messaging_reach reach ON reach.person_id = p.id WHERE p.id = %(person)s) w "
    "WHERE d.id = %(delivery)s AND d.state = ANY(%(open)s) AND d.channel = {mail} RETURNING d.channel"
)


def take_next_channel(*, delivery_id: int, at: datetime, failed: Channel = Channel.MAIL) -> bool:
    """Send what a person has not seen by their next channel; False where there is none, or it was seen meanwhile.

    Where nothing else reaches them the channel stays as it was: the delivery counts as one whose way failed. A way
    that failed is not taken again.
    """
    with transaction.atomic():
        delivery = Delivery.objects.select_related("message").filter(pk=delivery_id).first()
        if delivery is None:
            return False
        way = ways(
            delivery.message,
            unwanted="reach.service_by_mail IS FALSE" if may_stay_in_inbox(delivery.message) else "FALSE",
            lost=True,
            devices=failed == Channel.MAIL,
            numbers=failed != Channel.SMS,
            mail=failed != Channel.MAIL and not _came_back(delivery_id),
        )
        given: dict[str, Any] = {
            "at": at, "person": delivery.person_id, "delivery": delivery_id,
            "open": [state.value for state in OUTSTANDING],
        }  # fmt: skip
        with connection.cursor() as cursor:
            names = {"inbox": Channel.INBOX.value, "mail": failed.value, "way": way}
            cursor.execute(_NEXT.format(**names), given)
            row = cursor.fetchone()
        if row is None or row[0] == failed:
            return False
        publish(DeliveryRerouted(delivery_id=delivery_id, person_id=delivery.person_id), at=at)
    return True


def _came_back(delivery_id: int) -> bool:
    """Say whether a mail of this delivery was written already: a second one would go the same way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM messaging_mailout WHERE delivery_id = %s)", [delivery_id])
        return bool(cursor.fetchone()[0])
