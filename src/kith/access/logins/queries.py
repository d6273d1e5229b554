"""Reads of logins."""

from datetime import datetime

from django.db.models import Q

from kith.access.logins.models import Login, username_of
from kith.kernel import clock
from kith.people.persons.models import Person
from kith.people.ties.models import Tie, TieKind
from kith.people.ties.queries import in_force, ties_of


def by_username(*, username: str) -> Login | None:
    """Return the login with this username in any spelling, with its person; None when there is none."""
    return Login.objects.select_related("person").filter(username=username_of(username)).first()


def by_mailbox_or_username(*, typed: str) -> Login | None:
    """Return the login with this username, else the one whose person reads the mailbox `typed` alone."""
    if found := by_username(username=typed):
        return found
    owners = Login.objects.select_related("person").filter(person__mailbox__iexact=typed.strip())[:2]
    return owners[0] if len(owners) == 1 and typed.strip() else None


def by_number(*, number: str, at: datetime) -> Login | None:
    """Return the login of the one employee with a personnel number (a username counts too); None when not one."""
    day = clock.local_date(at, "UTC")
    persons = Tie.objects.filter(in_force(day), kind=TieKind.EMPLOYEE, number=number.strip()).values("person_id")
    found = Login.objects.select_related("person").filter(Q(username=username_of(number)) | Q(person_id__in=persons))[
        :2
    ]
    return found[0] if len(found) == 1 and number.strip() else None


def may_enter(*, login: Login, at: datetime) -> bool:
    """Say whether a login opens the door: active, its person too, and not of someone who left us altogether."""
    person = login.person
    if not login.active or person.deactivated_at is not None:
        return False
    day = clock.local_date(at, person.zone)
    left = Tie.objects.filter(person=person, kind=TieKind.EMPLOYEE, until__lt=day).exists()
    return not left or ties_of(person_id=person.pk, day=day).exists()


def login_of(*, person_id: int) -> Login | None:
    """Return a person's login with the person, None when there is none."""
    return Login.objects.select_related("person").filter(person_id=person_id).first()


def address_of(*, person: Person) -> str:
    """Return the address to which a person's links are sent, "" when there is none."""
    return person.mailbox
