"""The shelf of kindnesses: what care can do for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django_stubs_ext import StrOrPromise

from kith.care.fields import Field
from kith.kernel.registries import Registry
from kith.people.persons.models import Person

NAMES = ("name",)
"""The placeholders that words of every step may use, beside those of the moment."""


@dataclass(frozen=True)
class Occasion:
    """A step of a run of a programme for one person: what a kindness is done for. `values` fill placeholders."""

    run_id: int
    public_id: str
    person: Person
    occasion: str
    late: bool
    position: int = 0
    values: Mapping[str, str] = field(default_factory=dict)


class Kindness(Protocol):
    """Something care can do. `step` holds its parameters; doing it twice for one occasion does it once."""

    @property
    def label(self) -> StrOrPromise:
        """What the kindness is called."""
        ...

    @property
    def icon(self) -> str:
        """Its icon."""
        ...

    @property
    def fields(self) -> Sequence[Field]:
        """What a step sets."""
        ...

    def do(self, *, occasion: Occasion, step: Mapping[str, Any], at: datetime) -> None:
        """Do it for one person, in the transaction of the run."""
        ...

    def explain(self, *, step: Mapping[str, Any]) -> str:
        """Return what the step does, in one sentence of the reader's language."""
        ...


KINDNESSES: Registry[Kindness] = Registry("care.kindnesses")
WAIT, BRANCH, END = "wait", "branch", "end"
"""The three steps that the round itself understands: time passes, one of two sides is taken, nothing comes after."""
STEERS = frozenset({WAIT, BRANCH, END})
