"""The shelf of exports: what can be taken out. Each capability puts its own on it, from its file `exports.py`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry


@dataclass(frozen=True)
class Asking:
    """Who takes rows out, and when. `person_id` None: whoever keeps this machine, who may see everything.

    `filters` narrow the rows as the list on screen was narrowed; names a kind does not know are not used.
    """

    person_id: int | None
    roles: frozenset[str]
    at: datetime
    filters: Mapping[str, str]
    employed: bool = False

    @property
    def day(self) -> date:
        """The day of asking, UTC."""
        return self.at.date()

    @property
    def is_keeper(self) -> bool:
        """Whether this is the command line of the machine itself."""
        return self.person_id is None

    def holds(self, *codes: str) -> bool:
        """Return whether one of the roles is held; the keeper of the machine holds all."""
        return self.is_keeper or not self.roles.isdisjoint(codes)


@dataclass(frozen=True)
class Line:
    """One row: its cells in the order of the columns, and which person's data it is (None: nobody's)."""

    cells: tuple[Any, ...]
    person_id: int | None = None


@dataclass(frozen=True)
class ExportKind:
    """A kind of rows that can be taken out. Columns are named as the import of the same kind names its fields.

    `may` says whether somebody may take this kind out at all and asks no database; `rows` yields what the person
    may see, nothing else, streaming. `filters` are the names it narrows by.
    """

    name: str
    label: StrOrPromise
    columns: tuple[str, ...]
    may: Callable[[Asking], bool]
    rows: Callable[[Asking], Iterator[Line]]
    filters: tuple[str, ...] = ()


EXPORTS: Registry[ExportKind] = Registry("kernel.exports")
