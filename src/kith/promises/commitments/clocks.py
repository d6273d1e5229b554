"""Due times in the owner's working time: pure."""

from datetime import UTC, date, datetime, timedelta

from kith.kernel.clock import at_local
from kith.people.calendars.working import (
    NoWorkingTimeError,
    WorkingTime,
    add_working,
    next_working_day,
    working_between,
)

WORKING_DAY = timedelta(hours=8)
WORKING_SHARE = 3
"""A calendar without any working time counts each promised hour as three on the wall, so that due times exist."""


def due_after(working: WorkingTime, start: datetime, within: timedelta) -> datetime:
    """Return the instant at which `within` of the owner's working time has passed since `start`."""
    try:
        return add_working(working, start, within)
    except NoWorkingTimeError:
        return start + within * WORKING_SHARE


def due_after_pause(working: WorkingTime, *, paused_at: datetime, due_at: datetime, at: datetime) -> datetime:
    """Return the due time when a pause ends at `at`: what working time was left at its beginning is left again."""
    left = working_between(working, paused_at, due_at)
    return max(due_after(working, at, left), due_at)


def next_look(working: WorkingTime, at: datetime, after: timedelta) -> datetime:
    """Return when to look again at something overdue: later than `at` by `after` of working time."""
    return max(due_after(working, at, after), at + timedelta(minutes=1))


def end_of_day(working: WorkingTime, day: date) -> datetime:
    """Return when the work of a day ends, or of the next working day after it; midnight where nobody ever works."""
    try:
        return working.day(next_working_day(working, day))[-1][1].astimezone(UTC)
    except NoWorkingTimeError:
        return at_local(day + timedelta(days=1), 0, 0, working.zone)
