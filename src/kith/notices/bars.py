"""What notices put above every page: while a drill runs, its participants read on each of them that it is one."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from kith.access.requests import Request
from kith.kernel import clock
from kith.kernel.texts import Text
from kith.notices.publishing.queries import drills_running, takes_part
from kith.portal.shell.frame import BARS
from kith.portal.shell.render import text_of

KEPT = 5.0
"""Seconds for which a process remembers which drills run; mostly there is none, and a page then asks nothing."""


@dataclass(frozen=True)
class Drill:
    """A drill that runs: its message, its title without the word for drills, and until when."""

    message_id: int
    link: str
    title: Text
    until: datetime


class _Memory:
    """Which drills run, as this process asked last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: Sequence[Drill] = ()
        self._until = 0.0

    def keep(self, drills: Sequence[Drill], *, seconds: float = KEPT) -> None:
        """Remember."""
        with self._lock:
            self._known, self._until = drills, monotonic() + seconds

    def running(self, *, at: datetime) -> list[Drill]:
        """Return the drills that run at `at`; asks when what is remembered is old."""
        if monotonic() >= self._until:
            soon = at + timedelta(seconds=KEPT)
            self.keep([Drill(*row) for row in drills_running(at=at, soon=soon)])
        return [drill for drill in self._known if drill.until > at]


MEMORY = _Memory()


def bar(request: Request) -> str:
    """Return the bar of the drills in which the reader takes part, "" for everybody else."""
    if request.person is None:
        return ""
    running = MEMORY.running(at=clock.now())
    if not running:
        return ""
    messages = [drill.message_id for drill in running]
    mine = takes_part(message_ids=messages, person_id=request.person.pk)
    drills = [drill for drill in running if drill.message_id in mine]
    return text_of("notices/bar.html", {"drills": drills}) if drills else ""


BARS.put("drill", bar)
