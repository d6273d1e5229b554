from datetime import UTC, date, datetime, timedelta

import pytest

from kith.care.programmes import actions
from kith.care.programmes.models import Run
from kith.people.calendars.models import Absence
from kith.people.persons.models import Person
from tests.care import make
from tests.people import make as people

pytestmark = pytest.mark.django_db


def away(person: Person, *spans: tuple[date, date]) -> Person:
    for since, until in spans:
        Absence.objects.create(person=person, since=since, until=until, recorded_at=people.AT)
    return person


def test_back_after_adjoining_absences_that_are_long_together() -> None:
    make.programme("return", {"days": 30}, [make.greet()])
    long = away(
        people.person(zone="UTC"),
        (date(2027, 1, 1), date(2027, 1, 20)),
        (date(2027, 1, 21), date(2027, 2, 1)),
        (date(2026, 10, 1), date(2026, 10, 2)),
    )
    gap = away(
        people.person(zone="UTC"),
        (date(2027, 1, 1), date(2027, 1, 20)),
        (date(2027, 1, 22), date(2027, 2, 1)),
    )
    still = away(
        people.person(zone="UTC"),
        (date(2026, 12, 1), date(2027, 2, 1)),
        (date(2027, 2, 2), date(2027, 6, 1)),
    )
    nested = away(
        people.person(zone="UTC"), (date(2026, 12, 1), date(2027, 2, 1)), (date(2027, 1, 1), date(2027, 1, 5))
    )
    at = datetime(2027, 1, 1, 10, tzinfo=UTC)
    while at.date() < date(2027, 3, 1):
        actions.begin_due(at=at)
        at += timedelta(days=1)
    found = {(run.person_id, run.occasion) for run in Run.objects.all()}
    assert found == {(long.pk, "back-2027-02-02"), (nested.pk, "back-2027-02-02")}
    assert not {gap.pk, still.pk} & {key for key, _occasion in found}
