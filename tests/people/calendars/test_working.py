from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.people.calendars.working import (
    OFFICE,
    NoWorkingTimeError,
    WorkingTime,
    add_working,
    add_working_days,
    is_working,
    next_working_day,
    working_between,
)

BERLIN = WorkingTime(zone="Europe/Berlin", intervals=OFFICE, free=frozenset({date(2026, 12, 25)}))
NIGHT = WorkingTime(zone="Europe/Berlin", intervals={d: ((time(22), time(6)),) for d in range(7)})


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


def test_the_lunch_hour_does_not_count() -> None:
    assert add_working(BERLIN, utc(2026, 11, 25, 10), timedelta(hours=2)) == utc(2026, 11, 25, 13)


def test_a_weekend_and_a_holiday_are_passed_over() -> None:
    thursday_afternoon = utc(2026, 12, 24, 15)
    assert add_working(BERLIN, thursday_afternoon, timedelta(hours=2)) == utc(2026, 12, 28, 8)


def test_a_night_shift_lasts_what_the_clocks_make_of_it() -> None:
    spring, autumn = NIGHT.day(date(2027, 3, 27))[0], NIGHT.day(date(2027, 10, 30))[0]
    assert spring[1] - spring[0] == timedelta(hours=7)
    assert autumn[1] - autumn[0] == timedelta(hours=9)


def test_days_are_counted_to_their_end() -> None:
    friday = utc(2026, 11, 27, 9)
    assert add_working_days(BERLIN, friday, 0) == utc(2026, 11, 27, 16)
    assert add_working_days(BERLIN, friday, 1) == utc(2026, 11, 30, 16)
    assert next_working_day(BERLIN, date(2026, 12, 25)) == date(2026, 12, 28)


def test_nobody_waits_for_a_calendar_without_work() -> None:
    with pytest.raises(NoWorkingTimeError):
        add_working(WorkingTime(zone="UTC", intervals={}), utc(2026, 1, 1), timedelta(hours=1))


instants = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda d: d.replace(tzinfo=UTC))  # noqa: DTZ001
spans = st.integers(0, 3 * 24 * 60).map(lambda m: timedelta(minutes=m))


@given(instants, spans)
def test_what_was_added_lies_between(start: datetime, span: timedelta) -> None:
    end = add_working(BERLIN, start, span)
    assert working_between(BERLIN, start, end) == span


@given(instants, spans, spans)
def test_adding_twice_is_adding_the_sum(start: datetime, a: timedelta, b: timedelta) -> None:
    assert add_working(BERLIN, add_working(BERLIN, start, a), b) == add_working(BERLIN, start, a + b)


@given(instants)
def test_one_works_at_the_next_working_instant(start: datetime) -> None:
    assert is_working(BERLIN, add_working(BERLIN, start, timedelta()) if not is_working(BERLIN, start) else start)
