"""The shelf of matters: an upper floor puts its own there (a lot, a customer) and says whom it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry
from kith.people.persons.models import Person
from kith.people.segments.attributes import Choice


@dataclass(frozen=True)
class Stated:
    """What an author stated of a matter: a picked `value`, and lists of people, one line each."""

    value: str = ""
    invited: tuple[str, ...] = ()
    present: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outside:
    """Somebody who does not hear of a matter although one might think so, and why not."""

    person: Person
    why: str


@dataclass(frozen=True)
class Concerned:
    """Whom a matter concerns: a segment's predicate, and the lines that named nobody."""

    rule: dict[str, Any]
    unknown: tuple[str, ...] = field(default=())


class Matter(Protocol):
    """A kind of matter. `takes_lists`: it asks for lists of people instead of a choice."""

    label: StrOrPromise
    takes_lists: bool

    def choices(self, query: str, limit: int) -> Sequence[Choice]:
        """Return what an author may pick; nothing where lists are asked for."""
        ...

    def concerned(self, stated: Stated, *, day: date) -> Concerned:
        """Return who must hear; `BadInput` for what is stated wrongly."""
        ...

    def outside(self, stated: Stated, *, day: date, limit: int) -> Sequence[Outside]:
        """Return some who are just outside, those nearest first."""
        ...


MATTERS: Registry[Matter] = Registry("notices.matters")
