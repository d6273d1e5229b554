"""What ties tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class EmployeeHired:
    """A person became an employee."""

    person_id: int
    tie_id: int


@fact(about={"person_id": "person", "unit_id": "unit"})
@dataclass(frozen=True)
class EmployeeMoved:
    """An employee belongs to another unit, works at another site, or on another shift."""

    person_id: int
    tie_id: int
    unit_id: int


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class EmployeeLeft:
    """An employee's tie ended; what they owe passes on."""

    person_id: int
    tie_id: int


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class CustomerJoined:
    """A person became a customer."""

    person_id: int
    tie_id: int
