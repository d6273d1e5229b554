"""The shelf of gift givers: whoever has things that can be given."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kith.kernel.money import Money
from kith.kernel.registries import Registry
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.people.persons.models import Person


@dataclass(frozen=True)
class Wants:
    """What a person said of themselves: likes, what they avoid (dislikes, allergies), charities they would give to."""

    likes: Collection[str] = ()
    avoids: Collection[str] = ()
    charities: Collection[str] = ()


@dataclass(frozen=True)
class GiftOption:
    """A gift one may choose: its key at the giver, name, picture, and whether it meets a recorded like."""

    key: str
    name: Text
    picture: str
    fits: bool


class GiftGiver(Protocol):
    """Somebody who has gifts."""

    @property
    def needs_address(self) -> bool:
        """Whether a parcel goes somewhere."""
        ...

    def options(self, *, person: Person, wants: Wants, budget: Money, at: datetime) -> Sequence[GiftOption]:
        """Return what the person may choose within the budget, the best fitting first; nothing they avoid."""
        ...

    def note(self, *, person: Person, budget: Money, at: datetime) -> str:
        """Return in one sentence what narrows the choice, and why; "" where nothing does."""
        ...

    def give(self, *, person: Person, key: str, ship_to: str, offer: Subject, at: datetime) -> Subject:
        """Order the gift, charged to the gift budget, once for an offer; `Refusal` when it cannot be given."""
        ...


GIVERS: Registry[GiftGiver] = Registry("care.givers")
