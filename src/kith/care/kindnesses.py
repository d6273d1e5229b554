"""The shelf of kindnesses: what care can do for a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django_stubs_ext import StrOrPromise

from kith.kernel.registries import Registry
from kith.people.persons.models import Person


@dataclass(frozen=True)
class Occasion:
    """A run of a programme for one person: what a kindness is done for."""

    run_id: int
    public_id: str
    person: Person
    occasion: str
    late: bool


class Kindness(Protocol):
    """Something care can do. `step` holds its parameters; doing it twice for one occasion does it once."""

    @property
    def label(self) -> StrOrPromise:
        """What the kindness is called."""
        ...

    def do(self, *, occasion: Occasion, step: Mapping[str, Any], at: datetime) -> None:
        """Do it for one person, in the transaction of the run."""
        ...

    def explain(self, *, step: Mapping[str, Any]) -> str:
        """Return what the step does, in one sentence of the reader's language."""
        ...


KINDNESSES: Registry[Kindness] = Registry("care.kindnesses")
