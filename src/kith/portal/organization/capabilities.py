"""The shelf of capabilities an organization may leave closed: their places and cards are shown to nobody then."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry


@dataclass(frozen=True)
class Capability:
    """Something an organization may use or not: a name, a sentence, and what it shows.

    `places` are names on the shelf of places, `cards` families of home's cards. What stands in none is always open.
    """

    label: StrOrPromise
    sentence: StrOrPromise
    icon: str
    places: Sequence[str]
    cards: Sequence[str] = ()


@dataclass(frozen=True)
class StarterSet:
    """A kind of organization, with the capabilities it begins with."""

    label: StrOrPromise
    capabilities: frozenset[str]
    order: int = 100


CAPABILITIES: Registry[Capability] = Registry("portal.capabilities")
STARTER_SETS: Registry[StarterSet] = Registry("portal.starter_sets")


def closed_places(closed: Collection[str]) -> frozenset[str]:
    """Return the names of the places that closed capabilities would show."""
    return frozenset(place for code, found in CAPABILITIES.items() if code in closed for place in found.places)


def closed_cards(closed: Collection[str]) -> frozenset[str]:
    """Return the families of the cards that closed capabilities would show."""
    return frozenset(card for code, found in CAPABILITIES.items() if code in closed for card in found.cards)
