"""Makers of messaging."""

from collections.abc import Collection
from typing import Any

from kith.kernel.texts import Text
from kith.messaging.deliveries.actions import NewMessage, send_message
from kith.messaging.deliveries.models import Message
from kith.people.persons.models import Person
from tests.people.make import AT

BOTH = Text({"en": "Stop line 3", "vi": "Dừng chuyền 3"})


def message(to: Collection[Person], **given: Any) -> Message:
    at = given.pop("at", AT)
    new = NewMessage(**{"title": BOTH, "body": BOTH, "needs_acknowledgement": True, **given})
    return send_message(message=new, to=[person.pk for person in to], at=at)
