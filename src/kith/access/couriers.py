"""The shelf of couriers: how a one-time link travels to a person. Messaging puts the mail courier on it."""

from datetime import datetime
from typing import Protocol

from kith.kernel.registries import Registry


class Courier(Protocol):
    """Takes a link to a person, inside the current transaction; what leaves the house leaves after commit."""

    def send(self, *, person_id: int, address: str, link: str, purpose: str, at: datetime) -> None:
        """Hand over `link` for `purpose` (a name on `tokens.purposes.PURPOSES`) to `address` of the person."""
        ...


COURIERS: Registry[Courier] = Registry("access.couriers")


def send_link(*, person_id: int, address: str, link: str, purpose: str, at: datetime) -> int:
    """Give the link to every courier; return how many took it (0: nothing carries links here)."""
    taken = 0
    for courier in COURIERS:
        courier.send(person_id=person_id, address=address, link=link, purpose=purpose, at=at)
        taken += 1
    return taken
