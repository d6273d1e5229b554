"""Makers of promises: a firm in which somebody answers for everything, and promises in it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kith.access.grants.models import Grant
from kith.kernel.facts.telling import tell_all
from kith.kernel.subjects import Subject
from kith.people.calendars.models import Absence
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from kith.promises.commitments.actions import open_promise
from kith.promises.commitments.kinds import KINDS, PromiseKind
from kith.promises.commitments.models import Promise
from kith.promises.commitments.owning import OwnerRule
from tests.people import make as people

ANSWER, APPROVAL = "test-answer", "test-approval"
for made in (
    PromiseKind(ANSWER, "Answer", duty_role="test-desk", within=timedelta(hours=16)),
    PromiseKind(APPROVAL, "Approval", link=lambda subject: f"/requests/{subject.id}/"),
):
    if made.code not in KINDS:
        KINDS.put(made.code, made)

MONDAY = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
"""Monday 09:00 in Ho Chi Minh City, where everybody of the firm works from 8 to 12 and from 13 to 17."""
IDEA = Subject("idea", 7)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


@dataclass
class Firm:
    """Ann works in production, led by Mai; Mai is led by Bao, the head; Dung administers the whole."""

    head_office: Unit
    production: Unit
    bao: Person
    mai: Person
    ann: Person
    dung: Person


def firm() -> Firm:
    company = people.organization()
    place = people.site(organization=company)
    head_office = people.unit(organization=company)
    bao = people.employee("Bao", unit=head_office, site=place)
    production = people.unit(organization=company, parent=head_office)
    mai = people.employee("Mai", unit=production, site=place)
    for unit, manager in ((head_office, bao), (production, mai)):
        unit.manager = manager
        unit.save()
    ann = people.employee("Ann", unit=production, site=place)
    dung = people.employee("Dung", unit=head_office, site=place)
    Grant.objects.create(person=dung, role="administrator", since=people.AT)
    return Firm(head_office, production, bao, mai, ann, dung)


def promise(owner: Person | OwnerRule, *, at: datetime = MONDAY, **given: Any) -> Promise:
    return open_promise(**{"kind": ANSWER, "subject": IDEA, "owner": owner, "at": at, **given})


def away(person: Person, since: date, until: date) -> None:
    Absence.objects.create(person=person, since=since, until=until, recorded_at=MONDAY)


def hear(at: datetime = MONDAY) -> None:
    """Tell every listener what happened."""
    tell_all(at=at)


def again(promise_: Promise) -> Promise:
    """Return the promise as it stands now."""
    return Promise.objects.get(pk=promise_.pk)
