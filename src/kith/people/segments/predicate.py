"""The predicate of a segment: a small typed tree, its JSON form, and what is wrong with a bad one.

JSON: `{"all": [...]}`, `{"any": [...]}`, `{"not": {...}}`, `{"everyone": true}` or a condition
`{"attribute": "country", "is": ["VN", "CN"]}`. Depth at most 5, at most 50 conditions, 500 values each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput

MAX_DEPTH = 5
MAX_CONDITIONS = 50
MAX_VALUES = 500


@dataclass(frozen=True)
class Everyone:
    """True of every person."""


@dataclass(frozen=True)
class Condition:
    """True where the attribute has one of the values."""

    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class All:
    """True where every part is."""

    parts: "tuple[Predicate, ...]"


@dataclass(frozen=True)
class AnyOf:
    """True where at least one part is."""

    parts: "tuple[Predicate, ...]"


@dataclass(frozen=True)
class Not:
    """True where the part is not."""

    part: "Predicate"


Predicate = Everyone | Condition | All | AnyOf | Not


def _refuse() -> BadInput:
    return BadInput(_("This is not a segment: use all, any, not, everyone, or an attribute with values."), field="rule")


def parse(rule: Any, *, depth: int = 1) -> Predicate:
    """Return the predicate that the JSON value `rule` describes; `BadInput` says what is wrong with it."""
    if not isinstance(rule, dict) or depth > MAX_DEPTH:
        raise _refuse()
    match rule:
        case {"everyone": True}:
            return Everyone()
        case {"all": [*parts]} if parts:
            return All(tuple(parse(part, depth=depth + 1) for part in parts))
        case {"any": [*parts]} if parts:
            return AnyOf(tuple(parse(part, depth=depth + 1) for part in parts))
        case {"not": part}:
            return Not(parse(part, depth=depth + 1))
        case {"attribute": str(attribute), "is": [*values]} if (
            values and len(values) <= MAX_VALUES and all(isinstance(v, str) and "\0" not in v for v in values)
        ):
            return Condition(attribute, tuple(values))
    raise _refuse()


def conditions(predicate: Predicate) -> Iterator[Condition]:
    """Yield every condition in the tree, left to right."""
    match predicate:
        case Condition():
            yield predicate
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from conditions(part)
        case Not(part):
            yield from conditions(part)
        case Everyone():
            return


def as_json(predicate: Predicate) -> dict[str, Any]:
    """Return the JSON form of a predicate; `parse(as_json(p)) == p`."""
    match predicate:
        case Everyone():
            return {"everyone": True}
        case Condition(attribute, values):
            return {"attribute": attribute, "is": list(values)}
        case All(parts):
            return {"all": [as_json(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [as_json(part) for part in parts]}
        case Not(part):
            return {"not": as_json(part)}
