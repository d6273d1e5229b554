"""Working time as pure functions: intervals per weekday in a zone, without holidays and absences.

Times are wall clock in the zone; durations are elapsed instants, so a change-over night counts what it lasts.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from kith.kernel.clock import at_local, local_date

HORIZON_DAYS = 3660
Intervals = dict[int, tuple[tuple[time, time], ...]]
Change = tuple[date, Intervals]


class NoWorkingTimeError(ValueError):
    """The calendar has no working time within ten years."""


@dataclass(frozen=True)
class WorkingTime:
    """When somebody works: (start, end) pairs by weekday (0 Monday), free days, and the IANA zone.

    `changes` are other intervals from a day on, by that day: a day's work is what was in force when it began, so a
    night that begins on the last day before a change ends by the old hours.
    """

    zone: str
    intervals: Intervals
    free: frozenset[date] = field(default_factory=frozenset)
    changes: tuple[Change, ...] = ()

    def intervals_on(self, day: date) -> Intervals:
        """Return the intervals in force on a local `day`."""
        found = bisect_right(self.changes, day, key=lambda change: change[0])
        return self.changes[found - 1][1] if found else self.intervals

    def day(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the instants between which somebody works on a local `day`."""
        if day in self.free:
            return []
        spans = []
        for start, end in self.intervals_on(day).get(day.weekday(), ()):
            last = day if end > start else day + timedelta(days=1)
            spans.append(
                (at_local(day, start.hour, start.minute, self.zone), at_local(last, end.hour, end.minute, self.zone))
            )
        return [span for span in spans if span[0] < span[1]]

    def spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield working spans from `start` on, the first one cut to begin there; what two of them share counts once."""
        first, reached = local_date(start, self.zone) - timedelta(days=1), start
        for offset in range(HORIZON_DAYS):
            for begin, end in self.day(first + timedelta(days=offset)):
                if end > reached:
                    yield max(begin, reached), end
                    reached = end


OFFICE: Intervals = {day: ((time(8), time(12)), (time(13), time(17))) for day in range(5)}


def is_working(working: WorkingTime, at: datetime) -> bool:
    """Say whether `at` is inside working time (the end of a span is not)."""
    begin, _end = next(working.spans(at), (None, None))
    return begin == at


def add_working(working: WorkingTime, start: datetime, duration: timedelta) -> datetime:
    """Return the instant at which `duration` of working time has passed since `start`.

    A zero duration gives the next working instant. `NoWorkingTimeError` when the calendar has none.
    """
    left = duration
    for begin, end in working.spans(start):
        if left <= end - begin:
            return (begin + left).astimezone(UTC)
        left -= end - begin
    raise NoWorkingTimeError


def working_between(working: WorkingTime, start: datetime, end: datetime) -> timedelta:
    """Return how much working time lies between two instants; zero when `end` is not after `start`."""
    passed = timedelta()
    for begin, stop in working.spans(start):
        if begin >= end:
            break
        passed += min(stop, end) - begin
    return passed


def add_working_days(working: WorkingTime, start: datetime, days: int) -> datetime:
    """Return the end of the `days`-th working day after the one of `start` (0: the end of this or the next)."""
    counted = -1
    day = local_date(start, working.zone)
    for offset in range(HORIZON_DAYS):
        spans = working.day(day + timedelta(days=offset))
        if spans and spans[-1][1] > start:
            counted += 1
            if counted == days:
                return spans[-1][1].astimezone(UTC)
    raise NoWorkingTimeError


def next_working_day(working: WorkingTime, day: date) -> date:
    """Return `day` or the first working day after it."""
    for offset in range(HORIZON_DAYS):
        if working.day(day + timedelta(days=offset)):
            return day + timedelta(days=offset)
    raise NoWorkingTimeError
