"""Due work: functions that look at the clock every so often and do what is due at `at`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.kernel.registries import Registry


@dataclass(frozen=True)
class Tick:
    """A function of the instant that does whatever is due; safe to run twice, late, or with the clock set back."""

    name: str
    every: timedelta
    run: Callable[[datetime], None]


TICKS: Registry[Tick] = Registry("kernel.ticks")


def tick(name: str, *, every: timedelta) -> Callable[[Callable[[datetime], None]], Tick]:
    """Declare due work, run at most once per `every` of the process clock."""

    def declare(run: Callable[[datetime], None]) -> Tick:
        return TICKS.put(name, Tick(name=name, every=every, run=run))

    return declare
