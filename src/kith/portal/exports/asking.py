"""Who takes rows out: made of a request, or of a person named at the command line."""

from datetime import datetime

from kith.access.grants.queries import roles_of
from kith.access.looks.actions import looked
from kith.access.looks.models import What
from kith.access.requests import PersonRequest
from kith.kernel.exports.actions import Seen
from kith.kernel.exports.kinds import Asking
from kith.people.persons.models import Person
from kith.people.ties.queries import is_employee


def of_request(request: PersonRequest, *, at: datetime) -> Asking:
    """Return who asks in a browser; every parameter but the format may be a filter."""
    filters = {name: value[:300].replace("\0", "") for name, value in request.GET.items() if isinstance(value, str)}
    return Asking(request.person.pk, request.roles, at, filters, employed=request.employed)


def of_person(person: Person, *, at: datetime) -> Asking:
    """Return who asks when somebody keeps the machine and means this person."""
    roles = roles_of(person_id=person.pk, at=at)
    return Asking(person.pk, roles, at, {}, employed=is_employee(person_id=person.pk, day=at.date()))


def keeps_looks(asking: Asking, *, by_id: int | None) -> Seen:
    """Return what records that persons' data went out."""

    def seen(person_ids: list[int]) -> None:
        looked(person_ids=person_ids, by_id=by_id, what=What.EXPORT, at=asking.at)

    return seen
