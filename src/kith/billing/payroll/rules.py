"""Which salary an amount is taken from."""

from datetime import date


def month_of(day: date, *, closes_on_day: int) -> date:
    """Return the first day of the month whose salary is open on `day`: this one until it closes, else the next."""
    first = day.replace(day=1)
    if day.day <= closes_on_day:
        return first
    return first.replace(year=first.year + 1, month=1) if first.month == 12 else first.replace(month=first.month + 1)  # noqa: PLR2004  (December)
