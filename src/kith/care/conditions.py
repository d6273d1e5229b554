"""The shelf of conditions: what a programme may ask about somebody on its way, answered for many at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry


class Condition(Protocol):
    """A question with the answers yes and no. `needs`: one of these kindnesses comes before it (none: any may)."""

    @property
    def label(self) -> StrOrPromise:
        """What is asked, as a clause: “they chose a gift”."""
        ...

    @property
    def needs(self) -> frozenset[str]:
        """The kindnesses it asks about."""
        ...

    def holding(self, *, runs: Mapping[int, int], position: int, step: Mapping[str, Any], at: datetime) -> set[int]:
        """Return the runs (of `{run: person}`) for which it holds; the question stands at `position`."""
        ...


CONDITIONS: Registry[Condition] = Registry("care.conditions")
