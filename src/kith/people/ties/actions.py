"""Writes of ties."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, Refusal
from kith.people.calendars.models import Shift
from kith.people.organizations.models import Organization, OrganizationKind, Site, Unit
from kith.people.persons.models import Person
from kith.people.ties.facts import CustomerJoined, EmployeeHired, EmployeeLeft, EmployeeMoved
from kith.people.ties.models import Assignment, Tie, TieKind


def hire(
    *,
    person: Person,
    organization: Organization,
    unit: Unit,
    site: Site,
    since: date,
    at: datetime,
    number: str = "",
    title: str = "",
    shift: Shift | None = None,
    by_id: int | None = None,
) -> Tie:
    """Make a person an employee of one of our legal entities, placed in a unit and at a site."""
    if organization.kind != OrganizationKind.OURS:
        raise BadInput(_("People are employed by one of our own companies."), field="organization")
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        taken = Tie.objects.filter(organization=organization, kind=TieKind.EMPLOYEE, number=number)
        if number and taken.exists():
            raise BadInput(_("The personnel number %s is taken.") % number, field="number")
        tie = Tie.objects.create(
            person=person, organization=organization, kind=TieKind.EMPLOYEE, number=number, since=since
        )
        Assignment.objects.create(tie=tie, unit=unit, site=site, shift=shift, title=title, since=since)
        publish(EmployeeHired(person_id=person.pk, tie_id=tie.pk), at=at, by_id=by_id)
    return tie


def move(
    *,
    tie: Tie,
    unit: Unit,
    site: Site,
    since: date,
    at: datetime,
    shift: Shift | None = None,
    title: str = "",
    manager: Person | None = None,
    by_id: int | None = None,
) -> Assignment:
    """Place an employee elsewhere from `since` on; the assignment before it ends the day before."""
    with transaction.atomic():
        kept = Tie.objects.select_for_update().get(pk=tie.pk)
        last = kept.assignments.order_by("-since", "-id").first()
        if last is not None:
            if since <= last.since:
                raise BadInput(_("A move begins after the assignment before it did."), field="since")
            last.until = since - timedelta(days=1)
            last.save(update_fields=["until"])
        assignment = Assignment.objects.create(
            tie=kept, unit=unit, site=site, shift=shift, title=title, manager=manager, since=since
        )
        publish(EmployeeMoved(person_id=kept.person_id, tie_id=kept.pk, unit_id=unit.pk), at=at, by_id=by_id)
    return assignment


def leave(*, person: Person, on: date, at: datetime, by_id: int | None) -> int:
    """End every employment of a person with the day `on` (the last one); return how many ended."""
    with transaction.atomic():
        ties = list(Tie.objects.select_for_update().filter(person=person, kind=TieKind.EMPLOYEE, until__isnull=True))
        if not ties:
            raise Refusal(_("%s is not employed here.") % person.name)
        for tie in ties:
            if on < tie.since:
                raise BadInput(_("The last day lies before the first."), field="on")
            tie.until = on
            tie.save(update_fields=["until"])
            tie.assignments.filter(until__isnull=True, since__lte=on).update(until=on)
            publish(EmployeeLeft(person_id=person.pk, tie_id=tie.pk), at=at, by_id=by_id)
    return len(ties)


def become_customer(
    *,
    person: Person,
    organization: Organization,
    since: date,
    at: datetime,
    for_organization: Organization | None = None,
    number: str = "",
    by_id: int | None = None,
) -> Tie:
    """Make a person a customer (for themselves or for an outside firm); the same tie twice is one."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        open_tie = Tie.objects.filter(
            person=person,
            organization=organization,
            kind=TieKind.CUSTOMER,
            for_organization=for_organization,
            until__isnull=True,
        ).first()
        if open_tie is not None:
            return open_tie
        tie = Tie.objects.create(
            person=person,
            organization=organization,
            kind=TieKind.CUSTOMER,
            for_organization=for_organization,
            number=number,
            since=since,
        )
        publish(CustomerJoined(person_id=person.pk, tie_id=tie.pk), at=at, by_id=by_id)
    return tie
