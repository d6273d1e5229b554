"""How many may speak without a name in an hour: counted in this process's memory, for all together, never kept.

The throttle of the sign-in counts by address in the database; here that would be the very trace there must not be.
"""

import threading
from collections import deque
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kith.kernel.refusals import Refusal

WINDOW = timedelta(hours=1)


class Busy(Refusal):
    """More words came in the last hour than people write."""

    status = 429


class Limit:
    """At most `most` an hour in this process."""

    def __init__(self, most: int) -> None:
        """Begin with nothing counted."""
        self._most = most
        self._times: deque[datetime] = deque()
        self._lock = threading.Lock()

    def count(self, *, at: datetime) -> None:
        """Count one; `Busy` when the hour is full."""
        with self._lock:
            while self._times and not at - WINDOW < self._times[0] <= at:
                self._times.popleft()
            if len(self._times) >= self._most:
                raise Busy(_("Very many are writing right now. Please try again in an hour; nothing was kept."))
            self._times.append(at)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._times.clear()


WRITING = Limit(120)
READING = Limit(1200)
