from calendar import isleap
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.care.programmes import actions
from kith.care.programmes.models import Run
from kith.care.ties.dates import anniversaries_on
from kith.people.persons.models import Person
from kith.people.ties.models import Tie, TieKind
from tests.care import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
EMPLOYEE = {"tie": "employee", "every": 1}


def occasions(person: Person) -> list[tuple[str, datetime]]:
    return [(run.occasion, run.due_at) for run in Run.objects.filter(person=person).order_by("due_at")]


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2020, 12, 31)), st.integers(2021, 2035))
def test_every_tie_has_exactly_one_anniversary_a_year(since: date, year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=offset) for offset in range(366 if isleap(year) else 365)]
    found = [one for day in days for one in anniversaries_on(day, every=1) if one.since == since]
    assert [one.number for one in found] == [year - since.year]
    expected = since.replace(year=year) if (since.month, since.day) != (2, 29) or isleap(year) else date(year, 2, 28)
    assert found[0].day == expected


def test_an_anniversary_comes_at_the_hour_where_one_lives_and_only_while_employed() -> None:
    make.programme("anniversary", {**EMPLOYEE, "every": 5}, [make.greet("{years} years, {name}!")])
    lan = people.employee(since=date(2022, 3, 10), zone="Asia/Ho_Chi_Minh")
    four = people.employee(since=date(2023, 3, 10))
    gone = people.employee(since=date(2022, 3, 10), until=date(2027, 3, 9))
    actions.begin_due(at=datetime(2027, 3, 10, 1, 59, tzinfo=UTC))
    assert occasions(lan) == []
    actions.begin_due(at=datetime(2027, 3, 10, 2, 0, tzinfo=UTC))
    assert occasions(lan) == [("2022-03-10+5", datetime(2027, 3, 10, 2, 0, tzinfo=UTC))]
    assert occasions(four) == occasions(gone) == []
    actions.do_due(at=datetime(2027, 3, 10, 2, 0, tzinfo=UTC))
    from kith.messaging.deliveries.models import Message  # noqa: PLC0415

    assert Message.objects.get().title.in_language("vi") == f"5 years, {lan.name}!"


@pytest.mark.parametrize(("number", "day"), [(1, date(2027, 3, 1)), (30, date(2027, 3, 30)), (90, date(2027, 5, 29))])
def test_the_first_day_is_day_one(number: int, day: date) -> None:
    make.programme("joining-day", {"tie": "employee", "number": number}, [make.greet()])
    lan = people.employee(since=date(2027, 3, 1), zone="UTC")
    at = datetime(2027, 2, 20, 10, tzinfo=UTC)
    while at.date() < date(2027, 6, 10):
        actions.begin_due(at=at)
        at += timedelta(days=1)
    assert occasions(lan) == [(f"2027-03-01#{number}", datetime(day.year, day.month, day.day, 9, tzinfo=UTC))]


@pytest.mark.parametrize(
    ("unit", "every", "days"),
    [
        ("weeks", 2, [date(2027, 1, 14), date(2027, 1, 28), date(2027, 2, 11), date(2027, 2, 25)]),
        ("months", 1, [date(2027, 1, 31), date(2027, 2, 28)]),
    ],
)
def test_regular_care_comes_round_since_the_tie_began(unit: str, every: int, days: list[date]) -> None:
    make.programme("regular", {"tie": "customer", "every": every, "unit": unit}, [make.greet()])
    since = days[0] if unit == "months" else days[0] - timedelta(days=14)
    vogel = people.person(zone="UTC")
    ours = people.organization()
    Tie.objects.create(person=vogel, organization=ours, kind=TieKind.CUSTOMER, since=since)
    Tie.objects.create(person=vogel, organization=people.organization(), kind=TieKind.CUSTOMER, since=since)
    employee = people.employee(since=since, zone="UTC")
    at = datetime(2027, 1, 1, 10, tzinfo=UTC)
    while at.date() < date(2027, 3, 1):
        actions.begin_due(at=at)
        at += timedelta(days=1)
    expected = days[1:] if unit == "months" else days
    assert [due.date() for _occasion, due in occasions(vogel)] == expected
    assert occasions(employee) == []
