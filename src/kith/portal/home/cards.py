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

STAMPS: Registry[str] = Registry("portal.card_stamps")
"""For a source of cards, under its name: an SQL expression over `%(person)s` and `%(at)s`, asked at every home.

It is NULL where the person has no card of the source, which is not asked then; else a text that is another one as
soon as a row changed that decides the cards. A source without a stamp is asked every time.
"""


def stamp_of(rows: str) -> str:
    """Return the stamp of the rows of a SELECT of two columns, `id` and `mark` (as a rule the row's `xmin` as text)."""
    return f"(SELECT string_agg(r.id || ' ' || r.mark, ',' ORDER BY r.id) FROM ({rows}) r)"  # noqa: S608  (what capabilities declare)


FAMILIES: Registry[StrOrPromise] = Registry("portal.card_families")
"""What an administrator may arrange for an audience: the family of a card's key, and what its cards are, in words."""
