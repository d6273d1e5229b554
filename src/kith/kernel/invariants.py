"""The shelf of invariants: what must hold of the data at every moment; `kith doctor` checks them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kith.kernel.registries import Registry


@dataclass(frozen=True)
class Invariant:
    """A sentence that must be true, and the check that returns one line for each breach (none: it holds)."""

    sentence: str
    breaches: Callable[[], Sequence[str]]


INVARIANTS: Registry[Invariant] = Registry("kernel.invariants")
