"""What grants tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"person_id": "person", "unit_id": "unit"})
@dataclass(frozen=True)
class RoleGranted:
    """A person was given a role, everywhere or in one unit."""

    person_id: int
    role: str
    unit_id: int | None = None


@fact(about={"person_id": "person", "unit_id": "unit"})
@dataclass(frozen=True)
class RoleRevoked:
    """A role was taken from a person."""

    person_id: int
    role: str
    unit_id: int | None = None
