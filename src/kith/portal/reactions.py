"""What portal does when people change: the search learns of it."""

from collections.abc import Sequence

from kith.kernel.facts import Told, listens
from kith.people.persons.facts import PersonDeactivated, PersonRegistered
from kith.people.ties.facts import EmployeeHired
from kith.portal.search.actions import reindex


@listens(PersonRegistered, name="portal.index-registered")
def registered(told: Sequence[Told[PersonRegistered]]) -> None:
    """Index new persons."""
    reindex(kind="person", ids={each.fact.person_id for each in told})


@listens(EmployeeHired, name="portal.index-hired")
def hired(told: Sequence[Told[EmployeeHired]]) -> None:
    """Index new employees."""
    reindex(kind="person", ids={each.fact.person_id for each in told})


@listens(PersonDeactivated, name="portal.index-deactivated")
def deactivated(told: Sequence[Told[PersonDeactivated]]) -> None:
    """Drop persons who are no longer served."""
    reindex(kind="person", ids={each.fact.person_id for each in told})
