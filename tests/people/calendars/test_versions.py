"""Calendars change from a day on: what was promised and measured before stays what it was."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.kernel.refusals import BadInput, Refusal
from kith.people.calendars.actions import change_hours, drop_change, first_day_to_change
from kith.people.calendars.hours import checked, read, written
from kith.people.calendars.models import Holiday, HoursVersion
from kith.people.calendars.queries import changes_to_come, hours_of, working_time
from kith.people.calendars.working import OFFICE, Intervals, WorkingTime, add_working, working_between
from tests.people import make

SHORT = {"0": [["09:00", "12:00"]], "1": [["09:00", "12:00"], ["13:00", "14:30"]]}
WEEK = {0: [["09:00", "12:00"]], 1: [["09:00", "12:00"], ["13:00", "14:30"]]}
BOUNDARY = date(2027, 4, 1)

clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))


@st.composite
def weeks(draw: Any) -> Intervals:
    """Weeks with up to three spans a day, the last one of which may be a night."""
    found: Intervals = {}
    for day in draw(st.sets(st.integers(0, 6), min_size=1)):
        edges = sorted(draw(st.lists(clocks, min_size=2, max_size=6, unique=True)))
        found[day] = tuple(zip(edges[::2], edges[1::2], strict=False))
        if draw(st.booleans()) and len(edges) % 2:
            found[day] = (*found[day], (edges[-1], edges[0]))
    return {day: spans for day, spans in found.items() if spans}


zones = st.sampled_from(["UTC", "Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati"])
starts = st.datetimes(datetime(2027, 1, 1), datetime(2027, 6, 1)).map(lambda d: d.replace(tzinfo=UTC))  # noqa: DTZ001
spans = st.integers(0, 10 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
some_weeks = weeks().filter(bool)
free_days = st.frozensets(st.dates(date(2027, 1, 1), date(2027, 7, 1)), max_size=8)


def changed(zone: str, old: Intervals, new: Intervals, free: frozenset[date]) -> tuple[WorkingTime, WorkingTime]:
    before = WorkingTime(zone=zone, intervals=old, free=free)
    return before, WorkingTime(zone=zone, intervals=old, free=free, changes=((BOUNDARY, new),))


@given(zones, some_weeks, some_weeks, free_days, starts, spans)
def test_other_hours_from_a_day_on_move_nothing_that_was_due_before(
    zone: str, old: Intervals, new: Intervals, free: frozenset[date], start: datetime, span: timedelta
) -> None:
    before, after = changed(zone, old, new, free)
    due = add_working(before, start, span)
    if due < before_anywhere():
        assert add_working(after, start, span) == due
        assert working_between(after, start, due) == working_between(before, start, due)


def before_anywhere() -> datetime:
    return datetime(BOUNDARY.year, BOUNDARY.month, BOUNDARY.day, tzinfo=UTC) - timedelta(hours=14)


@given(zones, some_weeks, some_weeks, free_days, starts, spans, spans)
def test_over_a_change_time_still_adds_up(
    zone: str, old: Intervals, new: Intervals, free: frozenset[date], start: datetime, a: timedelta, b: timedelta
) -> None:
    _before, after = changed(zone, old, new, free)
    end = add_working(after, start, a)
    assert working_between(after, start, end) == a
    assert add_working(after, start, a + b) == add_working(after, end, b)


@given(zones, some_weeks, some_weeks, starts, st.lists(spans, min_size=2, max_size=2))
def test_more_working_time_is_never_due_earlier(
    zone: str, old: Intervals, new: Intervals, start: datetime, two: list[timedelta]
) -> None:
    _before, after = changed(zone, old, new, frozenset())
    less, more = sorted(two)
    assert add_working(after, start, less) <= add_working(after, start, more)


def test_a_night_begun_under_the_old_hours_ends_by_them_and_what_overlaps_counts_once() -> None:
    night = {day: ((time(22), time(6)),) for day in range(7)}
    early = {day: ((time(5), time(9)),) for day in range(7)}
    working = WorkingTime(zone="UTC", intervals=night, changes=((BOUNDARY, early),))
    evening = datetime(2027, 3, 31, 20, tzinfo=UTC)
    assert working_between(working, evening, evening + timedelta(days=1)) == timedelta(hours=11)
    assert add_working(working, evening, timedelta(hours=9)) == datetime(2027, 4, 1, 7, tzinfo=UTC)


def test_a_control_that_changes_the_past_is_seen() -> None:
    before = WorkingTime(zone="UTC", intervals=OFFICE)
    wrong = WorkingTime(zone="UTC", intervals={0: ((time(9), time(10)),)})
    start = datetime(2027, 3, 1, 8, tzinfo=UTC)
    assert add_working(before, start, timedelta(hours=4)) != add_working(wrong, start, timedelta(hours=4))


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ("", []),
        ("8:00-12:00, 13:00–17:30", [["08:00", "12:00"], ["13:00", "17:30"]]),
        ("22:00-06:00", [["22:00", "06:00"]]),
        ("08:00~12:00;13:00—15:00", [["08:00", "12:00"], ["13:00", "15:00"]]),
    ],
)
def test_hours_are_read_as_people_write_them(words: str, spans: list[list[str]]) -> None:
    assert read(words) == spans


@pytest.mark.parametrize("words", ["8-12", "25:00-26:00", "08:60-09:00", "morning", "08:00-12:00 13:00-17:00"])
def test_what_are_no_hours_is_refused(words: str) -> None:
    with pytest.raises(BadInput, match="no span of hours"):
        read(words)


@pytest.mark.parametrize(
    "week",
    [
        {},
        {0: []},
        {0: [["08:00", "12:00"], ["11:00", "13:00"]]},
        {0: [["13:00", "17:00"], ["08:00", "12:00"]]},
        {0: [["22:00", "06:00"]], 1: [["05:00", "09:00"]]},
        {0: [["05:00", "09:00"]], 6: [["22:00", "06:00"]]},
        {7: [["08:00", "12:00"]]},
        {0: [[f"{hour:02d}:00", f"{hour:02d}:30"] for hour in range(7)]},
    ],
)
def test_a_week_without_work_or_with_overlaps_is_refused(week: dict[int, list[list[str]]]) -> None:
    with pytest.raises(BadInput):
        checked(week)


def test_written_and_read_are_the_same_hours() -> None:
    assert {day: read(words) for day, words in written(OFFICE).items()} == {
        day: [["08:00", "12:00"], ["13:00", "17:00"]] if day in range(5) else [] for day in range(7)
    }


@pytest.mark.django_db
def test_a_change_counts_from_its_day_on() -> None:
    calendar = make.calendar(intervals={"0": [["08:00", "12:00"]]})
    Holiday.objects.create(calendar=calendar, date=date(2027, 1, 4), name={"en": "A holiday"})
    change_hours(calendar=calendar, valid_from=date(2027, 1, 11), week=WEEK, at=make.AT, by_id=None)
    working = working_time(calendar=calendar, zone="UTC", around=make.AT.date())
    assert working.day(date(2027, 1, 4)) == []
    assert [end.hour for _begin, end in working.day(date(2026, 12, 28))] == [12]
    assert working.day(date(2027, 1, 5)) == []
    assert [(b.hour, e.hour) for b, e in working.day(date(2027, 1, 12))] == [(9, 12), (13, 14)]


@pytest.mark.django_db
def test_only_days_that_have_begun_nowhere_can_change_and_until_then_it_can_be_corrected() -> None:
    calendar = make.calendar()
    first = first_day_to_change(make.AT)
    assert first == date(2026, 11, 26)
    with pytest.raises(BadInput, match="2026-11-26"):
        change_hours(calendar=calendar, valid_from=date(2026, 11, 25), week=WEEK, at=make.AT, by_id=None)
    change_hours(calendar=calendar, valid_from=first, week={0: [["08:00", "09:00"]]}, at=make.AT, by_id=None)
    again = change_hours(calendar=calendar, valid_from=first, week=WEEK, at=make.AT, by_id=7)
    assert HoursVersion.objects.get().intervals == SHORT
    assert changes_to_come(calendar_ids=[calendar.pk], day=make.AT.date()) == [again]
    with pytest.raises(Refusal, match="in force already"):
        drop_change(version=again, at=make.AT + timedelta(days=1))
    drop_change(version=again, at=make.AT)
    assert not HoursVersion.objects.exists()


@pytest.mark.django_db
def test_a_shift_takes_the_working_days_of_every_version() -> None:
    calendar = make.calendar(intervals={"0": [["08:00", "12:00"]]})
    change_hours(calendar=calendar, valid_from=date(2027, 1, 11), week=WEEK, at=make.AT, by_id=None)
    night = hours_of(calendar_ids=[calendar.pk], around=make.AT.date())[calendar.pk].by_shift(time(22), time(6))
    assert night.intervals == {0: ((time(22), time(6)),)}
    assert night.changes == ((date(2027, 1, 11), {0: ((time(22), time(6)),), 1: ((time(22), time(6)),)}),)
