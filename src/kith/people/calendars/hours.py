"""Working hours as they are stored and as people write them: read, checked and written again. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import time

from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput
from kith.people.calendars.working import Intervals

Stored = dict[str, list[list[str]]]
WEEKDAYS = 7
MOST_A_DAY = 6
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~]\s*(\d{1,2}):(\d{2})")
_LAST_HOUR, _LAST_MINUTE = 23, 59


def parsed(stored: Mapping[str, Sequence[Sequence[str]]]) -> Intervals:
    """Return stored intervals as times by weekday (0 Monday)."""
    return {
        int(day): tuple((time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in spans)
        for day, spans in stored.items()
    }


def written(intervals: Intervals) -> dict[int, str]:
    """Return the hours of each weekday as people write them, "08:00–12:00, 13:00–17:00"; "" for a free day."""
    return {
        day: ", ".join(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in intervals.get(day, ())) for day in range(WEEKDAYS)
    }


def read(words: str) -> list[list[str]]:
    """Return the intervals of one day that somebody wrote; "" is a free day, `BadInput` says what is wrong.

    The last one may end the next day ("22:00-06:00"); 24:00 is written 00:00.
    """
    spans: list[list[str]] = []
    for part in filter(None, (part.strip() for part in words.replace(";", ",").split(","))):
        found = _SPAN.fullmatch(part)
        numbers = [int(each) for each in found.groups()] if found else []
        if not numbers or max(numbers[0], numbers[2]) > _LAST_HOUR or max(numbers[1], numbers[3]) > _LAST_MINUTE:
            raise BadInput(_("“%s” is no span of hours: write 08:00-12:00, 13:00-17:00.") % part[:40])
        spans.append([f"{numbers[0]:02d}:{numbers[1]:02d}", f"{numbers[2]:02d}:{numbers[3]:02d}"])
    return spans


def checked(week: Mapping[int, Sequence[Sequence[str]]]) -> Stored:
    """Return the intervals of a week as they are stored; refused where two overlap or nobody works at all."""
    minutes: list[tuple[int, int]] = []
    for day in sorted(week):
        if day not in range(WEEKDAYS) or len(week[day]) > MOST_A_DAY:
            raise BadInput(_("A day has at most six spans of hours."))
        for begin, end in week[day]:
            first, last = (int(each[:2]) * 60 + int(each[3:]) for each in (begin, end))
            minutes.append((day * 1440 + first, day * 1440 + (last if last > first else last + 1440)))
    if not minutes:
        raise BadInput(_("Somebody must work on some day."))
    around = [*minutes, (minutes[0][0] + WEEKDAYS * 1440, 0)]
    if any(end > following for (_begin, end), (following, _end) in zip(minutes, around[1:], strict=True)):
        raise BadInput(_("The spans of hours must follow one another without overlapping."))
    return {str(day): [list(span) for span in spans] for day, spans in sorted(week.items()) if spans}
