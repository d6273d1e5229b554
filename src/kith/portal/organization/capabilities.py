"""The shelf of capabilities an organization may leave closed: their places and cards are shown to nobody then."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry
from kith.portal.shell.frame import PLACES


@dataclass(frozen=True)
class Capability:
    """Something an organization may use or not: a name, a sentence, and what it shows.

    `places` are names on the shelf of places, `cards` families of home's cards, `paths` further addresses that
    belong to it besides those of its places. What stands in none is always open.
    """

    label: StrOrPromise
    sentence: StrOrPromise
    icon: str
    places: Sequence[str]
    cards: Sequence[str] = ()
    paths: Sequence[str] = ()


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


def closed_paths(closed: Collection[str]) -> tuple[str, ...]:
    """Return what the addresses behind closed capabilities begin with: those of their places, and their `paths`."""
    shown = [PLACES.get(place).prefix for place in closed_places(closed) if place in PLACES]
    further = [path for code, found in CAPABILITIES.items() if code in closed for path in found.paths]
    return tuple(sorted({*shown, *further}))


def closed_cards(closed: Collection[str]) -> frozenset[str]:
    """Return the families of the cards that closed capabilities would show."""
    return frozenset(card for code, found in CAPABILITIES.items() if code in closed for card in found.cards)
