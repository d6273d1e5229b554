from calendar import isleap
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.care.birthdays.dates import celebrated_on
from kith.care.offers.models import GiftOffer
from kith.care.programmes import actions, queries
from kith.care.programmes.models import Programme, Run
from kith.care.programmes.rehearsal import rehearse
from kith.care.seeds import ensure_birthday
from kith.messaging.deliveries.models import Message
from kith.people.persons.models import LeapDay, Person
from tests.people import make as people

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 12, 31, 12, tzinfo=UTC)


@pytest.fixture
def programme(db: None) -> Programme:
    from decimal import Decimal  # noqa: PLC0415

    return ensure_birthday(budget=Decimal(100000), currency="VND", at=BEFORE, rule={"everyone": True})


def born(month: int, day: int, **given: Any) -> Person:
    made = people.person(**given)
    Person.objects.filter(pk=made.pk).update(birth_month=month, birth_day=day, created_at=BEFORE - timedelta(days=900))
    return made


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_every_solar_birthday_is_celebrated_on_exactly_its_day(day: date) -> None:
    solar = [c for c in celebrated_on(day) if c.calendar == "solar"]
    assert (day.month, day.day) in {(c.month, c.day_of_month) for c in solar}
    leapers = [c for c in solar if (c.month, c.day_of_month) == (2, 29)]
    if isleap(day.year):
        assert len(leapers) == ((day.month, day.day) == (2, 29))
    else:
        assert [c.leap_day for c in leapers] == {(2, 28): ["feb-28"], (3, 1): ["mar-1"]}.get((day.month, day.day), [])


def test_a_lunar_birthday_comes_once_a_lunar_year() -> None:
    found = Counter(
        c.occasion
        for offset in range(366 * 12)
        for c in celebrated_on(date(2024, 1, 1) + timedelta(days=offset))
        if c.calendar == "lunar" and (c.month, c.day_of_month) == (8, 15)
    )
    assert set(found.values()) == {1}
    assert len(found) >= 11


def test_one_greeting_a_person_a_year_for_every_day_of_the_calendar(programme: Programme) -> None:
    days = [date(2028, 1, 1) + timedelta(days=offset) for offset in range(366)]
    everyone = [born(day.month, day.day, zone="UTC") for day in days]
    leaper = next(p for p, day in zip(everyone, days, strict=True) if (day.month, day.day) == (2, 29))
    at = datetime(2027, 1, 1, 10, tzinfo=UTC)
    while at.year < 2029:
        actions.begin_due(at=at)
        at += timedelta(days=1)
    runs = Run.objects.filter(programme=programme, due_at__year__in=(2027, 2028))
    assert runs.count() == 2 * 366
    assert runs.values("person", "occasion").distinct().count() == 2 * 366
    assert sorted(run.due_at.date() for run in runs.filter(person=leaper)) == [date(2027, 2, 28), date(2028, 2, 29)]


def test_the_day_in_common_years_is_the_persons_choice(programme: Programme) -> None:
    person = born(2, 29, zone="UTC", leap_day=LeapDay.MARCH_1)
    actions.begin_due(at=datetime(2027, 2, 28, 23, tzinfo=UTC))
    assert Run.objects.count() == 0
    actions.begin_due(at=datetime(2027, 3, 1, 9, 30, tzinfo=UTC))
    assert Run.objects.get().person == person


ZONES = ["Pacific/Kiritimati", "Asia/Ho_Chi_Minh", "Asia/Shanghai", "Asia/Kolkata", "Europe/Berlin", "Europe/London",
         "America/New_York", "America/Chicago", "America/Sao_Paulo", "Pacific/Niue", "Australia/Lord_Howe",
         "Africa/Cairo"]  # fmt: skip


@pytest.mark.parametrize("weekend", [date(2027, 3, 28), date(2027, 10, 31), date(2027, 3, 14), date(2027, 11, 7)])
@pytest.mark.parametrize("hour", [9, 2])
def test_never_before_the_hour_and_once_over_a_change_of_the_clocks(
    programme: Programme, weekend: date, hour: int
) -> None:
    version = programme.current
    assert version is not None
    type(version).objects.filter(pk=version.pk).update(hour=hour)
    for zone in ZONES:
        born(weekend.month, weekend.day, zone=zone)
    at = datetime(weekend.year, weekend.month, weekend.day, tzinfo=UTC) - timedelta(days=1)
    for _ in range(80):
        actions.begin_due(at=at)
        at += timedelta(hours=1)
    runs = list(Run.objects.select_related("person"))
    assert len(runs) == len(ZONES)
    for run in runs:
        there = run.due_at.astimezone(ZoneInfo(run.person.zone))
        assert there.date() == weekend
        assert (there.hour, there.minute) >= (hour, 0)
        assert run.begun_at >= run.due_at


def test_a_worker_that_was_away_for_three_days_greets_once_and_says_late(programme: Programme) -> None:
    born(5, 1, zone="UTC")
    at = datetime(2027, 5, 4, 8, tzinfo=UTC)
    actions.begin_due(at=at)
    actions.begin_due(at=at + timedelta(days=1))
    actions.begin_due(at=at - timedelta(days=1))
    assert [(run.late, run.occasion) for run in Run.objects.all()] == [(True, "2027")]


def test_after_a_week_it_is_too_late(programme: Programme) -> None:
    born(5, 1, zone="UTC")
    actions.begin_due(at=datetime(2027, 5, 9, 8, tzinfo=UTC))
    assert Run.objects.count() == 0


def test_the_control_without_unique_key_and_look_a_clock_set_back_would_greet_twice(programme: Programme) -> None:
    from django.db import connection  # noqa: PLC0415

    born(5, 1, zone="UTC")
    at = datetime(2027, 5, 1, 9, 30, tzinfo=UTC)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE care_run DROP CONSTRAINT care_run_once")
        original, actions._BEGIN = actions._BEGIN, actions._BEGIN.split("ON CONFLICT")[0]
        fresh, queries._FRESH = queries._FRESH, "TRUE"
        try:
            actions.begin_due(at=at)
            actions.begin_due(at=at + timedelta(hours=1))
        finally:
            actions._BEGIN, queries._FRESH = original, fresh
    assert Run.objects.count() == 2


def test_a_run_offers_and_greets_once_in_the_persons_language(programme: Programme) -> None:
    lan = born(5, 1, zone="Asia/Ho_Chi_Minh", language="vi", preferred_name="Lan")
    at = datetime(2027, 5, 1, 2, 30, tzinfo=UTC)
    actions.begin_due(at=at)
    assert actions.do_due(at=at) == 1
    assert actions.do_due(at=at) == 0
    assert Message.objects.get().title.in_language("vi") == "Chúc mừng sinh nhật, Lan!"
    assert GiftOffer.objects.get().person == lan


def test_a_switched_off_programme_and_the_deactivated_get_nothing(programme: Programme) -> None:
    born(5, 1, zone="UTC", deactivated_at=BEFORE)
    at = datetime(2027, 5, 1, 9, 30, tzinfo=UTC)
    assert actions.begin_due(at=at) == 0
    born(5, 1, zone="UTC")
    actions.switch(programme=programme, on=False)
    assert actions.begin_due(at=at) == 0


def test_the_dry_run_says_who_would_get_it_and_does_nothing(programme: Programme) -> None:
    lan = born(1, 20, zone="Asia/Ho_Chi_Minh")
    born(6, 1, zone="UTC")
    version = programme.current
    assert version is not None
    at = datetime(2027, 1, 10, tzinfo=UTC)
    found = rehearse(version, after=at, upto=at + timedelta(days=30))
    foreseen = found.first
    assert (found.entries, [f.person for f in foreseen]) == (1, [lan])
    assert foreseen[0].due_at == datetime(2027, 1, 20, 2, 0, tzinfo=UTC)
    assert Run.objects.count() == 0
