"""The tables of people."""

from kith.people.calendars.models import Absence, Calendar, Deputy, Holiday, HoursVersion, Shift
from kith.people.organizations.models import Organization, Site, Unit
from kith.people.persons.models import Person
from kith.people.privacy.models import ErasureRequest
from kith.people.segments.models import Segment
from kith.people.ties.models import Assignment, Tie

__all__ = [
    "Absence", "Assignment", "Calendar", "Deputy", "ErasureRequest", "Holiday", "HoursVersion", "Organization",
    "Person", "Segment", "Shift", "Site", "Tie", "Unit",
]  # fmt: skip
