"""Which ties come round on a day, as pure functions: anniversaries (29 February included) and days since joining."""

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_YEARS = 70
FEBRUARY_28, FEBRUARY_29 = (2, 28), (2, 29)


@dataclass(frozen=True)
class Round:
    """Ties that began on `since` come round on `day` for the `number`-th time."""

    since: date
    day: date
    number: int


def anniversaries_on(day: date, *, every: int) -> Iterator[Round]:
    """Yield the ties whose every n-th anniversary is `day`; 29 February is 28 February in common years."""
    for years in range(every, LONGEST_YEARS + 1, every):
        year = day.year - years
        if (day.month, day.day) != FEBRUARY_29 or isleap(year):
            yield Round(day.replace(year=year), day, years)
        if (day.month, day.day) == FEBRUARY_28 and not isleap(day.year) and isleap(year):
            yield Round(date(year, *FEBRUARY_29), day, years)


def days_between(first: date, last: date) -> list[date]:
    """Return every day from `first` to `last`."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def joined_before(day: date, *, number: int) -> Round:
    """Return the ties of which `day` is the `number`-th day (the first day is 1)."""
    return Round(day - timedelta(days=number - 1), day, number)
