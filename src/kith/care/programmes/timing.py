"""When the steps of a programme come, as pure functions of days: the round and the dry run both ask here."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kith.care.kindnesses import WAIT
from kith.care.programmes.tree import nodes

FURTHEST = 3660
LONGEST_REST = 14
"""So many free days in a row are looked past; behind more the day stays what it is."""
SAME, NEXT, BEFORE = "same", "next", "before"
Works = Callable[[date], bool]


def on_working_day(day: date, works: Works, rule: str, *, not_before: date | None = None) -> date:
    """Return the day on which something happens that falls on `day`, by a programme's rule for free days.

    With the rule “before” never earlier than `not_before`: there the day stays as it is.
    """
    if rule == SAME or works(day):
        return day
    step = 1 if rule == NEXT else -1
    for distance in range(1, LONGEST_REST + 1):
        found = day + timedelta(days=step * distance)
        if works(found):
            return day if not_before is not None and found < not_before else found
    return day


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


def planned(steps: Sequence[Mapping[str, Any]], day: date, works: Works, rule: str = SAME) -> list[date | None]:
    """Return the day of each step of a run that begins on `day`; None for what no path comes to.

    At a question both ways are gone; where they meet again the later day counts, so a day is the latest possible.
    """
    laid = nodes(steps)
    known: dict[int | None, date] = {0: day} if laid else {}
    found: list[date | None] = []
    for node in laid:
        reached = known.get(node.position)
        if reached is not None and node.kindness == WAIT:
            reached = on_working_day(after_wait(node.step, reached, works), works, rule, not_before=reached)
        found.append(reached)
        for way in node.ways:
            if reached is not None:
                known[way] = max(reached, known.get(way, reached))
    return found


def needs_calendars(steps: Sequence[Mapping[str, Any]], rule: str = SAME) -> bool:
    """Say whether a step waits for working days, or the programme keeps to them."""
    waits = (node.step for node in nodes(steps) if node.kindness == WAIT)
    return rule != SAME or any(step.get("unit") == "working-days" for step in waits)
