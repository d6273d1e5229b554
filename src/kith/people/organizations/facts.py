"""What organizations tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"unit_id": "unit"})
@dataclass(frozen=True)
class UnitMerged:
    """A unit was closed and became part of another."""

    unit_id: int
    into_id: int
