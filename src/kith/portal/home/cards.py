"""The shelf of home: where every capability puts the cards it has for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any, Protocol

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry
from kith.people.persons.models import Person


class Zone(IntEnum):
    """The three parts of home, in their order."""

    TODO = 1
    CONCERNS = 2
    DOORS = 3


@dataclass(frozen=True)
class Card:
    """One card for one person.

    `key` is stable ("notices.unread", "ideas.mine"), so that a person can move or hide the card. `template` is
    rendered with `context` as `card.context`'s names. `due_at` orders the to-do zone; `why` answers "why do I
    see this?" in one sentence. `mandatory` cards cannot be hidden.
    """

    key: str
    title: StrOrPromise
    template: str
    why: StrOrPromise
    zone: Zone = Zone.CONCERNS
    context: Mapping[str, Any] = field(default_factory=dict)
    due_at: datetime | None = None
    weight: int = 100
    mandatory: bool = False


class CardSource(Protocol):
    """Something that has cards for a person; at most two queries each, none when there is nothing to look at."""

    def cards(self, *, person: Person, roles: frozenset[str], at: datetime) -> Sequence[Card]:
        """Return the cards this person gets at `at`, none where nothing concerns them."""
        ...


CARDS: Registry[CardSource] = Registry("portal.cards")
