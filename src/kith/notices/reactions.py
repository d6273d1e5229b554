"""What notices do when people are hired, move or leave: who belongs to an audience now hears at once."""

from collections.abc import Sequence
from datetime import datetime

from kith.kernel.facts import Told, listens
from kith.notices.audiences.actions import in_force, keep_up
from kith.people.persons.facts import PersonDeactivated
from kith.people.ties.facts import EmployeeHired, EmployeeLeft, EmployeeMoved


def _look_at(person_ids: set[int], *, at: datetime) -> None:
    for notice in in_force(at=at).order_by("id"):
        keep_up(notice=notice, at=at, only=person_ids)


@listens(EmployeeHired, name="notices.tell-hired")
def hired(told: Sequence[Told[EmployeeHired]]) -> None:
    """Tell those who were hired what is in force for them."""
    _look_at({each.fact.person_id for each in told}, at=max(each.at for each in told))


@listens(EmployeeMoved, name="notices.follow-moved")
def moved(told: Sequence[Told[EmployeeMoved]]) -> None:
    """Tell those who moved what is in force where they are now, and close what is not."""
    _look_at({each.fact.person_id for each in told}, at=max(each.at for each in told))


@listens(EmployeeLeft, name="notices.close-left")
def left(told: Sequence[Told[EmployeeLeft]]) -> None:
    """Close what leavers need not answer any more; those whose last day is to come, when it is over."""
    _look_at({each.fact.person_id for each in told}, at=max(each.at for each in told))


@listens(PersonDeactivated, name="notices.close-deactivated")
def deactivated(told: Sequence[Told[PersonDeactivated]]) -> None:
    """Close what the deactivated need not answer any more."""
    _look_at({each.fact.person_id for each in told}, at=max(each.at for each in told))
