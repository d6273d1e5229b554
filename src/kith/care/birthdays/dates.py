"""Which persons celebrate on a date: solar and lunar birthdays, and 29 February, as pure functions."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta

from borax.calendars.lunardate import LunarDate


@dataclass(frozen=True)
class Celebrated:
    """Births that are celebrated on `day`: those of (`month`, `day_of_month`) in `calendar`.

    `leap_day` narrows it to persons who chose that rule ("" for all); `occasion` is the year it counts for.
    """

    day: date
    calendar: str
    month: int
    day_of_month: int
    leap_day: str
    occasion: str


def celebrated_on(day: date) -> list[Celebrated]:
    """Return every kind of birth that is celebrated on `day`.

    In a common year someone born on 29 February celebrates on 28 February or 1 March, as chosen. Of a lunar
    leap month only its namesake counts, so a lunar birthday too comes once a lunar year.
    """
    year = str(day.year)
    found = [Celebrated(day, "solar", day.month, day.day, "", year)]
    if not isleap(day.year):
        if (day.month, day.day) == (2, 28):
            found.append(Celebrated(day, "solar", 2, 29, "feb-28", year))
        if (day.month, day.day) == (3, 1):
            found.append(Celebrated(day, "solar", 2, 29, "mar-1", year))
    lunar = LunarDate.from_solar(day)
    if not lunar.leap:
        found.append(Celebrated(day, "lunar", lunar.month, lunar.day, "", f"lunar-{lunar.year}"))
        found += _short_month(day, lunar)
    return found


def _short_month(day: date, lunar: LunarDate) -> list[Celebrated]:
    """Return births on the 30th of a lunar month, celebrated on the 29th where the month has no 30th."""
    if lunar.day != 29:  # noqa: PLR2004  (the last day of a short lunar month)
        return []
    following = day + timedelta(days=1)
    if LunarDate.from_solar(following).day == 30:  # noqa: PLR2004
        return []
    return [Celebrated(day, "lunar", lunar.month, 30, "", f"lunar-{lunar.year}")]


def celebrated_between(first: date, last: date) -> list[Celebrated]:
    """Return what is celebrated on every date from `first` to `last`."""
    return [
        births for offset in range((last - first).days + 1) for births in celebrated_on(first + timedelta(days=offset))
    ]
