"""Due times in working time."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kith.people.calendars.working import OFFICE, WorkingTime, working_between
from kith.promises.commitments.clocks import due_after, due_after_pause, next_look
from kith.promises.service import last_day_away

HCMC = WorkingTime(zone="Asia/Ho_Chi_Minh", intervals={**OFFICE})
NEVER = WorkingTime(zone="UTC", intervals={0: ()})
FRIDAY_16 = datetime(2027, 3, 5, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_working_time_runs_over_the_weekend() -> None:
    assert due_after(HCMC, FRIDAY_16, 2 * HOUR) == datetime(2027, 3, 8, 2, tzinfo=UTC)


def test_a_calendar_without_working_time_still_gives_a_due_time() -> None:
    assert due_after(NEVER, FRIDAY_16, 8 * HOUR) == FRIDAY_16 + timedelta(days=1)
    assert next_look(NEVER, FRIDAY_16, timedelta()) > FRIDAY_16


def test_after_a_pause_the_same_working_time_is_left() -> None:
    due = due_after(HCMC, FRIDAY_16, 5 * HOUR)
    later = datetime(2027, 3, 17, 20, tzinfo=UTC)
    resumed = due_after_pause(HCMC, paused_at=FRIDAY_16, due_at=due, at=later)
    assert working_between(HCMC, later, resumed) == 5 * HOUR


@given(st.integers(0, 10_000), st.integers(0, 600), st.integers(0, 20_000))
def test_a_pause_never_makes_anything_due_earlier(start: int, left: int, lasts: int) -> None:
    paused_at = FRIDAY_16 + timedelta(minutes=start)
    due = due_after(HCMC, paused_at, timedelta(minutes=left))
    at = paused_at + timedelta(minutes=lasts)
    assert due_after_pause(HCMC, paused_at=paused_at, due_at=due, at=at) >= due


@given(st.integers(0, 20_000), st.integers(0, 6000))
def test_the_next_look_is_always_later(start: int, pace: int) -> None:
    at = FRIDAY_16 + timedelta(minutes=start)
    assert next_look(HCMC, at, timedelta(minutes=pace)) > at


def test_adjoining_absences_are_one() -> None:
    spans = [
        (date(2027, 3, 8), date(2027, 3, 9)),
        (date(2027, 3, 1), date(2027, 3, 7)),
        (date(2027, 3, 11), date(2027, 3, 12)),
    ]
    assert last_day_away(spans, date(2027, 3, 5)) == date(2027, 3, 9)
    assert last_day_away(spans, date(2027, 3, 10)) is None
    assert last_day_away([], date(2027, 3, 10)) is None
