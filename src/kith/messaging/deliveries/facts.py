"""What deliveries tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact()
@dataclass(frozen=True)
class DeliveriesMade:
    """Deliveries of a message were written, for persons with keys above `after` up to and with `upto`."""

    message_id: int
    after: int
    upto: int
    urgent: bool


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class MessageAcknowledged:
    """A person acknowledged the exact text they were shown."""

    message_id: int
    person_id: int
    late: bool


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class DeliveryRerouted:
    """The mail of a delivery came back, so another channel takes it."""

    delivery_id: int
    person_id: int
