"""Home's three layers merged: mandatory cards, the audience's default, the person's own arrangement.

Within a zone cards that are due come by due time; then what the default pins, then the person's order, then the
default's, then weight. A card a person hid stays hidden, unless it is mandatory or pinned.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from kith.portal.home.cards import Card, Zone

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Layer:
    """One layer: keys in the wished order, keys hidden, keys shown in spite of a lower layer, keys pinned."""

    order: Sequence[str] = field(default_factory=tuple)
    hidden: Sequence[str] = field(default_factory=tuple)
    shown: Sequence[str] = field(default_factory=tuple)
    pinned: Sequence[str] = field(default_factory=tuple)


def family(key: str) -> str:
    """Return what a person arranges: cards of one family (`messaging.acknowledge.7`) move and hide together."""
    return ".".join(key.split(".")[:2])


def is_fixed(card: Card, *, default: Layer) -> bool:
    """Say whether a person cannot hide a card: it is mandatory, or pinned for them."""
    return card.mandatory or family(card.key) in default.pinned


def is_hidden(card: Card, *, default: Layer, own: Layer) -> bool:
    """Say whether a card is hidden; a fixed one never is."""
    key = family(card.key)
    if is_fixed(card, default=default) or key in own.shown:
        return False
    return key in own.hidden or key in default.hidden


def _place(key: str, layer: Layer) -> int:
    return layer.order.index(key) if key in layer.order else len(layer.order)


def merge(cards: Iterable[Card], *, default: Layer, own: Layer) -> dict[Zone, list[Card]]:
    """Return the visible cards of each zone in their order."""
    zones: dict[Zone, list[Card]] = {zone: [] for zone in Zone}
    for card in cards:
        if not is_hidden(card, default=default, own=own):
            zones[card.zone].append(card)
    for zone, found in zones.items():
        found.sort(
            key=lambda card: (
                card.due_at or _NEVER if zone is Zone.TODO else _NEVER,
                family(card.key) not in default.pinned,
                _place(family(card.key), own),
                _place(family(card.key), default),
                card.weight,
                card.key,
            )
        )
    return zones


def moved(keys: Sequence[str], *, key: str, up: bool) -> list[str]:
    """Return the order with `key` one place further up or down; at the end it stays."""
    order = list(keys)
    if key not in order:
        return order
    index = order.index(key)
    other = index - 1 if up else index + 1
    if 0 <= other < len(order):
        order[index], order[other] = order[other], order[index]
    return order
