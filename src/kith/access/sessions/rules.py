"""How long a session lives, as pure functions."""

from datetime import datetime, timedelta

IDLE = timedelta(days=3)
IDLE_AT_KIOSK = timedelta(minutes=3)
LONGEST = timedelta(days=14)
LONGEST_AT_KIOSK = timedelta(hours=12)
NOTE_EVERY = timedelta(minutes=1)
NOTE_EVERY_AT_KIOSK = timedelta(seconds=5)


def ends_at(*, began_at: datetime, at_kiosk: bool) -> datetime:
    """Return when a session ends however busy it is."""
    return began_at + (LONGEST_AT_KIOSK if at_kiosk else LONGEST)


def is_idle(*, last_seen_at: datetime, at: datetime, at_kiosk: bool) -> bool:
    """Say whether nobody used the session for too long. A clock set back makes nobody idle."""
    return at - last_seen_at >= (IDLE_AT_KIOSK if at_kiosk else IDLE)


def is_to_note(*, last_seen_at: datetime, at: datetime, at_kiosk: bool) -> bool:
    """Say whether the use at `at` is far enough from the last noted one to be written down."""
    return abs(at - last_seen_at) >= (NOTE_EVERY_AT_KIOSK if at_kiosk else NOTE_EVERY)
