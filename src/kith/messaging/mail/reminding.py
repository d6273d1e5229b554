"""What a mail that reminds of another message leads to: that message, by the same signed link as its own mail."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from kith.messaging.deliveries.models import ANSWERED, Delivery, Message

_INBOX = re.compile(r"/inbox/([0-9a-f-]{36})/\Z")


@dataclass(frozen=True)
class Asked:
    """The message that asks, and the delivery of it to the person who is reminded."""

    message: Message
    delivery: Delivery


def asked_by(*, message: Message, person_ids: Collection[int]) -> dict[int, Asked]:
    """Return for each of the persons what a reminder leads to; nothing for those who answered. At most two queries.

    A message reminds when its link is another one's page and that one asks for an answer.
    """
    found = _INBOX.match(message.link)
    if found is None or message.needs_acknowledgement:
        return {}
    asking = Message.objects.filter(public_id=found[1], needs_acknowledgement=True).first()
    if asking is None:
        return {}
    rows = Delivery.objects.filter(message=asking, person_id__in=person_ids).exclude(state__in=ANSWERED)
    return {row.person_id: Asked(asking, row) for row in rows}
