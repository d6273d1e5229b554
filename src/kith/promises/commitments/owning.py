"""Who owns a promise, as pure rules: the owner, a deputy while away, the manager, at last the duty.

The rules walk a line of persons. Somebody who left (or became one with another person) passes on to the successor
or the manager; somebody who is away beyond the due time to the first deputy who is there, else to the manager.
Whoever waits for a promise never owns it, unless nobody else is left.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """By which rule somebody became the owner."""

    NAMED = "named"
    DEPUTY = "deputy"
    MANAGER = "manager"
    DUTY = "duty"


@dataclass(frozen=True)
class OwnerRule:
    """Who should own a promise: a person, or the manager of a person, or of a unit, or a duty.

    The first that is given counts; the duty (None: that of the kind of promise) is where every chain ends.
    """

    person_id: int | None = None
    manager_of: int | None = None
    unit_id: int | None = None
    duty_role: str | None = None


@dataclass(frozen=True)
class Standing:
    """What the rules need of a person. `away_until` is the instant they are back, None when they are there."""

    serving: bool
    away_until: datetime | None = None
    deputies: tuple[int, ...] = ()
    manager: int | None = None
    successor: int | None = None


@dataclass(frozen=True)
class Chosen:
    """The owner, and by which rule."""

    person_id: int
    why: Why


@dataclass(frozen=True)
class Unknown:
    """The rules must know the standing of these persons before they can say."""

    person_ids: frozenset[int]


@dataclass(frozen=True)
class Asked:
    """A question to the rules: the line to begin with, who holds the duty, until when, and who must not own it."""

    line: tuple[int, ...]
    duty: tuple[int, ...]
    due_at: datetime
    never: frozenset[int] = field(default_factory=frozenset)


def is_free(standing: Standing, *, due_at: datetime) -> bool:
    """Say whether somebody can keep a promise in time: in service, and there or back before it is due."""
    return standing.serving and (standing.away_until is None or standing.away_until < due_at)


def _unknown(person_ids: Collection[int], standings: Mapping[int, Standing]) -> Unknown | None:
    missing = frozenset(person_ids) - standings.keys()
    return Unknown(missing) if missing else None


def _first_free(person_ids: Sequence[int], asked: Asked, standings: Mapping[int, Standing]) -> int | None:
    return next((p for p in person_ids if p not in asked.never and is_free(standings[p], due_at=asked.due_at)), None)


def choose(asked: Asked, standings: Mapping[int, Standing]) -> Chosen | Unknown | None:
    """Return the owner by the rules, or whose standing is needed first; None when nobody at all is in service."""
    if unknown := _unknown(asked.line, standings):
        return unknown
    seen: set[int] = set()
    for start in asked.line:
        found = _walk(start, asked, standings, seen=seen)
        if found is not None:
            return found
    return _on_duty(asked, standings)


def _walk(start: int, asked: Asked, standings: Mapping[int, Standing], *, seen: set[int]) -> Chosen | Unknown | None:
    """Go from somebody up to the first one who is free; circles end."""
    person: int | None = start
    why = Why.NAMED
    while person is not None and person not in seen:
        seen.add(person)
        if unknown := _unknown([person], standings):
            return unknown
        standing = standings[person]
        if _first_free([person], asked, standings) is not None:
            return Chosen(person, why)
        if standing.serving and person not in asked.never:
            if unknown := _unknown(standing.deputies, standings):
                return unknown
            deputy = _first_free(standing.deputies, asked, standings)
            if deputy is not None:
                return Chosen(deputy, Why.DEPUTY)
        why = why if standing.successor is not None else Why.MANAGER
        person = standing.successor if standing.successor is not None else standing.manager
    return None


def _on_duty(asked: Asked, standings: Mapping[int, Standing]) -> Chosen | Unknown | None:
    """Return who answers when nobody on the line is free.

    One on duty who is, else one of the line who is only away, else anybody on duty who is in service, even the one
    who waits.
    """
    if unknown := _unknown(asked.duty, standings):
        return unknown
    free = _first_free(asked.duty, asked, standings)
    if free is not None:
        return Chosen(free, Why.DUTY)
    for person in asked.line:
        if standings[person].serving and person not in asked.never:
            return Chosen(person, Why.NAMED)
    serving = [p for p in asked.duty if standings[p].serving]
    for person in [*(p for p in serving if p not in asked.never), *serving]:
        return Chosen(person, Why.DUTY)
    return None
