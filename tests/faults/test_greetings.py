"""Rows 12 and 14: six years of birthdays, and clocks that jump while the rounds go on."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kith.care.programmes import actions
from kith.care.programmes.models import Programme, Run, RunState
from kith.care.seeds import ensure_birthday
from kith.kernel.tasks.models import TickState
from kith.kernel.tasks.running import run_due_ticks, run_tick
from kith.messaging.deliveries.models import Delivery, Message
from kith.people.persons.models import LeapDay, Person
from tests.people import make as people

pytestmark = [pytest.mark.fault, pytest.mark.django_db]
BEFORE = datetime(2026, 12, 31, 12, tzinfo=UTC)
YEARS = (2027, 2028, 2029, 2030, 2031, 2032)


def programme() -> Programme:
    return ensure_birthday(budget=Decimal(100000), currency="VND", at=BEFORE, rule={"everyone": True})


def born_on(days: list[date], *, leap_day: str = LeapDay.FEBRUARY_28) -> None:
    """Make somebody for each of these days (of a leap year)."""
    Person.objects.bulk_create(
        Person(
            full_name=f"P {day}", zone="UTC", language="en", created_at=BEFORE - timedelta(days=900), leap_day=leap_day,
            birth_month=day.month, birth_day=day.day,
        )
        for day in days
    )  # fmt: skip


def a_leap_year(*, first: date = date(2028, 1, 1), days: int = 366) -> list[date]:
    return [first + timedelta(days=n) for n in range(days)]


@pytest.mark.row(12)
@pytest.mark.parametrize("leap_day", list(LeapDay))
def test_one_greeting_a_person_a_year_for_six_years(
    leap_day: str, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    full = check_size == "full"
    born = a_leap_year() if full else a_leap_year(first=date(2028, 2, 20), days=20)
    programme()
    born_on(born, leap_day=leap_day)
    rounds = [datetime(year, 1, 1, 10, tzinfo=UTC) + timedelta(days=n) for year in YEARS for n in range(366)]
    for at in rounds:
        if full or at.month in {2, 3}:
            actions.begin_due(at=at)
            actions.do_due(at=at)
    runs = Run.objects.filter(due_at__year__in=YEARS)
    greeted = Counter((run.person_id, run.due_at.year) for run in runs)
    got = Counter(Delivery.objects.values_list("person_id", flat=True))
    leaper = Person.objects.get(birth_month=2, birth_day=29)
    days = [due_at.date() for due_at in runs.filter(person=leaper).order_by("due_at").values_list("due_at", flat=True)]
    measured(
        f"{len(born)} birthdays, {leap_day}", f"{len(born) * 6:,} greetings 2027-2032, once each a year",
        f"{runs.count():,} greetings, most {max(greeted.values())} each",
    )  # fmt: skip
    assert len(greeted) == runs.count() == len(born) * 6
    assert set(greeted.values()) == {1}
    assert Counter({person: got[person] for person, _ in greeted}) == Counter(
        Run.objects.values_list("person_id", flat=True)
    )
    common = (2, 28) if leap_day == LeapDay.FEBRUARY_28 else (3, 1)
    assert days == [date(year, *((2, 29) if year in {2028, 2032} else common)) for year in YEARS]


@pytest.mark.row(14)
def test_three_days_off_and_clocks_that_jump_greet_once(
    check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    """A year of rounds by the tick itself: off for three days each month, clock +1 h, -1 h and +1 day on the way."""
    programme()
    born = a_leap_year() if check_size == "full" else a_leap_year()[::4]
    born_on(born)
    jumps = [timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(hours=-1), timedelta(days=-1)]
    at, n = datetime(2027, 1, 1, 9, 30, tzinfo=UTC), 0
    while at < datetime(2028, 1, 8, tzinfo=UTC):
        run_tick(name="care.round", at=at)
        n += 1
        at += timedelta(days=4) if n % 30 == 0 else timedelta(days=1)
        if n % 7 == 0:
            run_tick(name="care.round", at=at + jumps[n // 7 % len(jumps)])
    year = Run.objects.filter(due_at__year=2027)
    late = year.filter(late=True).count()
    measured(
        "Worker off 3 days a month, clock +1 h, -1 h, +1 day, -1 day", "each once, late ones marked, 0 twice",
        f"{year.count()} greeted, {late} of them late, {year.count() - year.values('person').distinct().count()} twice",
    )  # fmt: skip
    assert (year.count(), year.values("person").distinct().count()) == (len(born), len(born))
    assert Message.objects.count() == Run.objects.filter(state=RunState.DONE).count()
    assert late > 2
    assert not Run.objects.filter(state=RunState.DUE).exists()


@pytest.mark.row(14)
def test_after_a_clock_that_was_set_back_ticks_go_on_at_once() -> None:
    now = datetime(2027, 5, 1, 9, tzinfo=UTC)
    run_due_ticks(at=now + timedelta(days=1))
    assert "care.round" in run_due_ticks(at=now)
    assert TickState.objects.get(name="care.round").last_at == now


@pytest.mark.row(12, 14)
def test_control_without_the_memory_of_what_was_done_they_are_greeted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    programme()
    person = people.person(zone="UTC")
    Person.objects.filter(pk=person.pk).update(birth_month=5, birth_day=1, created_at=BEFORE - timedelta(days=9))
    at = datetime(2027, 5, 1, 9, 30, tzinfo=UTC)
    actions.begin_due(at=at)
    actions.do_due(at=at)
    Run.objects.all().delete()
    actions.begin_due(at=at - timedelta(minutes=1))
    actions.do_due(at=at)
    assert Delivery.objects.filter(person_id=person.pk).count() == 2
