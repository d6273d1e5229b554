"""What programmes tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact()
@dataclass(frozen=True)
class ProgrammeReleased:
    """A new version of a programme holds."""

    programme_id: int
    version: int


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class CareGiven:
    """A programme did its steps for a person."""

    run_id: int
    person_id: int
