"""What calendars tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class AbsenceRecorded:
    """Someone will be, or was, away."""

    absence_id: int
    person_id: int


@fact()
@dataclass(frozen=True)
class HoursChanged:
    """A calendar has other working hours from a day on; what was due before stays due then."""

    calendar_id: int
    version_id: int
