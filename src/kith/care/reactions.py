"""What care does when people leave: whatever is under way for them ends."""

from collections.abc import Sequence

from kith.care.programmes.exits import leave_now, must_leave
from kith.care.programmes.models import Outcome
from kith.kernel.facts import Told, listens
from kith.people.persons.facts import PersonDeactivated
from kith.people.ties.facts import EmployeeLeft


@listens(PersonDeactivated, name="care.leave-deactivated")
def deactivated(told: Sequence[Told[PersonDeactivated]]) -> None:
    """End what is under way for the persons."""
    leave_now(person_ids={each.fact.person_id for each in told}, because=Outcome.LEFT, at=max(each.at for each in told))


@listens(EmployeeLeft, name="care.leave-left")
def left(told: Sequence[Told[EmployeeLeft]]) -> None:
    """End what is under way for those whose last day is over; of the others the round sees it when it is."""
    at = max(each.at for each in told)
    leaving = must_leave(person_ids={each.fact.person_id for each in told}, at=at)
    leave_now(person_ids=leaving.keys(), because=Outcome.LEFT, at=at)
