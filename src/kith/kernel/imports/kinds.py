"""The shelf of kinds: what can be imported. Each capability puts its own on it, from its file `imports.py`."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from django.db.models import Model
from django.utils.functional import Promise

from kith.kernel.imports.fields import Derived, Field
from kith.kernel.imports.staging import StagedBatch
from kith.kernel.registries import Registry


class ImportKind(Protocol):
    """A kind of rows that can be imported.

    `key` are the fields that name a row; a second row of the same key in a file is rejected. `derived` columns
    follow from fields. `role` may import it on screen.
    """

    @property
    def name(self) -> str:
        """What the command line calls it."""
        ...

    @property
    def label(self) -> str | Promise:
        """What screens call it."""
        ...

    @property
    def help(self) -> str | Promise:
        """One sentence on what its rows are."""
        ...

    @property
    def role(self) -> str:
        """The role that may import it on screen."""
        ...

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its fields, in the order of the template."""
        ...

    @property
    def derived(self) -> tuple[Derived, ...]:
        """Its columns that follow from fields."""
        ...

    @property
    def key(self) -> tuple[str, ...]:
        """The fields that name a row."""
        ...

    def load(self, *, batch: StagedBatch, by_id: int | None, at: datetime) -> None:
        """Take the staged rows into the tables, set by set, in the open transaction.

        Order: find what the rows name, `reject` what is wrong about it (all reasons), `settle`, then `upsert`.
        The same rows again change nothing.
        """
        ...


KINDS: Registry[ImportKind] = Registry("kernel.imports.kinds")

# Which of these rows of a model are in use somewhere that no foreign key tells; undo keeps them.
Use = Callable[[type[Model], list[int]], set[int]]
USES: Registry[Use] = Registry("kernel.imports.uses")
