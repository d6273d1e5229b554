"""The shelf of holdings: what each capability keeps on a person, how it is shown, how long, and how it ends.

A capability puts its own on it from its file `privacy.py`; a test of the house finds every table nobody holds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Model
from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry


@dataclass(frozen=True)
class Kept:
    """Something that stays after an erasure: a sentence on what and for how long, and the law that wants it."""

    sentence: StrOrPromise
    law: StrOrPromise


@dataclass(frozen=True)
class Erased:
    """What an erasure did in one holding: rows deleted or emptied, and what had to stay."""

    count: int = 0
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True)
class HeldFile:
    """A file kept on a person: its name in the download, and how to get its bytes."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Part:
    """The rows of one kind: a heading, a name for programs, and plain mappings that JSON can carry."""

    name: str
    title: StrOrPromise
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Gathered:
    """Everything one holding has on a person."""

    parts: tuple[Part, ...] = ()
    files: tuple[HeldFile, ...] = ()


@dataclass(frozen=True)
class Retention:
    """How long something is kept: a sentence, and what ends everything past that; `end(at)` returns how many rows."""

    sentence: StrOrPromise
    end: Callable[[datetime], int]


class Holding(Protocol):
    """What one capability keeps on a person. Ids may be several: a merged person is one human being."""

    @property
    def label(self) -> StrOrPromise:
        """One sentence: what is kept, and what for."""
        ...

    @property
    def retentions(self) -> tuple[Retention, ...]:
        """How long its things are kept; none: as long as the person is one of ours."""
        ...

    @property
    def free(self) -> Mapping[type[Model], tuple[str, ...]]:
        """Columns in which anybody may have written of the person; erasing takes the person's names out of them."""
        ...

    def gather(self, *, person_id: int) -> Gathered:
        """Return everything, at the moment of asking; nothing of anybody else."""
        ...

    def erase(self, *, person_id: int, at: datetime) -> Erased:
        """Delete or empty everything that no law keeps, in the open transaction; files after its commit."""
        ...

    def subjects(self, *, person_id: int) -> set[str]:
        """Return the stored subjects that are the person's own matters (`order:7`)."""
        ...

    def covers(self) -> Mapping[type[Model], frozenset[str]]:
        """Return the columns of each table that this holding answers for."""
        ...


HOLDINGS: Registry[Holding] = Registry("people.holdings")
