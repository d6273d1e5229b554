"""What happened to gifts."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"given_id": "gift", "person_id": "person", "order_id": "order"})
@dataclass(frozen=True)
class GiftOrdered:
    """A gift was ordered for a person."""

    given_id: int
    person_id: int
    order_id: int
