"""The process clock: the only place that asks what time it is.

Screens and tasks call `now()` and hand the instant on as `at`. `KITH_CLOCK` names a file that moves the
clock of every process: an RFC 3339 instant (the clock stands still there) or an offset such as `+3d2h`,
`-90s` or `+1d`. The file is read at every look, so a change is seen at once.
"""

import os
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"^(?P<sign>[+-])(?:(?P<d>\d+)d)?(?:(?P<h>\d+)h)?(?:(?P<m>\d+)m)?(?:(?P<s>\d+)s?)?$")


class WrongClockError(Exception):
    """`KITH_CLOCK` names a file whose content is neither an instant nor an offset."""


def read(content: str, *, real: datetime) -> datetime:
    """Return the instant that `content` (of the clock file) means when the real instant is `real`."""
    content = content.strip()
    if not content:
        return real
    if match := _OFFSET.match(content):
        parts = {unit: int(match[unit] or 0) for unit in "dhms"}
        offset = timedelta(days=parts["d"], hours=parts["h"], minutes=parts["m"], seconds=parts["s"])
        return real + offset if match["sign"] == "+" else real - offset
    try:
        instant = datetime.fromisoformat(content)
    except ValueError as error:
        message = (
            f"KITH_CLOCK holds {content[:40]!r}: write an instant like 2027-03-28T02:30:00Z or an offset like +1d2h."
        )
        raise WrongClockError(message) from error
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def now() -> datetime:
    """Return the current instant in UTC, moved by `KITH_CLOCK`."""
    real = datetime.now(UTC)
    path = os.environ.get("KITH_CLOCK")
    if not path:
        return real
    try:
        content = Path(path).read_text()
    except FileNotFoundError:
        return real
    return read(content, real=real)


def local_date(at: datetime, zone: str) -> date:
    """Return the calendar date in the IANA `zone` at the instant `at`."""
    return at.astimezone(ZoneInfo(zone)).date()


def at_local(day: date, hour: int, minute: int, zone: str) -> datetime:
    """Return the first instant of `day` at which clocks in `zone` show `hour`:`minute` or later.

    A time that does not exist (clocks go forward) is moved to the first instant after the gap; one that
    happens twice (clocks go back) is its first occurrence. Never earlier than the wall time asked for.
    """
    tz = ZoneInfo(zone)
    wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=tz)
    instant = wall.astimezone(UTC)
    if instant.astimezone(tz).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant
    gap = wall.replace(fold=1).utcoffset() or timedelta()
    before = wall.replace(fold=0).utcoffset() or timedelta()
    low, high = instant - abs(gap - before), instant
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(tz).replace(tzinfo=None) >= wall.replace(tzinfo=None):
            high = middle
        else:
            low = middle
    return high.replace(microsecond=0)
