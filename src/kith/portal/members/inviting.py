"""Letting many people in, in the background: each gets an account and a mail, and one who cannot holds up nobody."""

from django.db import transaction

from kith.access.logins.queries import login_of
from kith.kernel import clock
from kith.kernel.refusals import Refusal
from kith.kernel.tasks import task
from kith.people.persons.models import Person
from kith.people.persons.queries import by_ids
from kith.portal.members.actions import let_in
from kith.portal.members.queries import MOST_INVITED, to_invite

AT_ONCE = 25


@task("portal.let-in")
def let_these_in(*, ids: list[int], by_id: int) -> None:
    """Let these people in who have no account yet; told a second time nothing happens."""
    at = clock.now()
    people = by_ids(ids={*ids, by_id})
    for person in (people[key] for key in ids if key in people):
        if login_of(person_id=person.pk) is not None:
            continue
        try:
            with transaction.atomic():
                let_in(person=person, at=at, by=people[by_id])
        except Refusal:
            continue


def let_everybody_in(*, by: Person) -> int:
    """Begin to let in employees with a mailbox and without an account; return how many, at most `MOST_INVITED`."""
    ids = list(to_invite(day=clock.now().date()).values_list("pk", flat=True)[:MOST_INVITED])
    portions = [ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE)]
    let_these_in.defer_many([{"ids": portion, "by_id": by.pk} for portion in portions])
    return len(ids)
