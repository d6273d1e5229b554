"""When the steps of a programme come, as pure functions of days: the round and the dry run both ask here."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kith.care.kindnesses import END, WAIT

FURTHEST = 3660
Works = Callable[[date], bool]


def after_wait(step: Mapping[str, Any], day: date, works: Works) -> date:
    """Return the day on which a wait that begins on `day` is over; working days by `works`.

    Where there is no working day within ten years the days are counted as they come.
    """
    days = int(step["days"])
    if step["unit"] != "working-days":
        return day + timedelta(days=days)
    left, reached = days, day
    for _day in range(FURTHEST):
        reached += timedelta(days=1)
        left -= works(reached)
        if not left:
            return reached
    return day + timedelta(days=days)


def planned(steps: Sequence[Mapping[str, Any]], day: date, works: Works) -> list[date | None]:
    """Return the day of each step of a run that begins on `day`; None for what stands behind an end."""
    found: list[date | None] = []
    reached: date | None = day
    for step in steps:
        if reached is not None and step["kindness"] == WAIT:
            reached = after_wait(step, reached, works)
        found.append(reached)
        if step["kindness"] == END:
            reached = None
    return found


def needs_calendars(steps: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether a step waits for working days."""
    return any(step["kindness"] == WAIT and step.get("unit") == "working-days" for step in steps)
