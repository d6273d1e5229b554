"""Measuring two sides of a row: rounds in turn, medians, and the row as it is printed."""

import gc
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Beside:
    """A figure that belongs to a row and has a goal of its own: at most `goal`, or at least it."""

    name: str
    value: float
    goal: float
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Whether the goal is met."""
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def __str__(self) -> str:
        """Say the figure and its goal."""
        return f"{self.name} {self.value:g} (goal {'≥' if self.at_least else '≤'} {self.goal:g})"


@dataclass(frozen=True)
class Row:
    """One result. `ratio` is ours ÷ limit in cost a unit, so smaller is better.

    `holds` when it is within `goal`, and all figures `beside` it are within theirs.
    """

    name: str
    n: int
    unit: str
    limit: float
    ours: float
    ratio: float
    goal: float
    holds: bool
    exponent: float | None
    peak_mb: float
    beside: tuple[Beside, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the row for programs; `beside` by name, each with value, goal and holds."""
        beside = {each.name: {"value": each.value, "goal": each.goal, "holds": each.holds} for each in self.beside}
        return {**asdict(self), "beside": beside}

    def missing(self) -> Iterator[str]:
        """Yield what does not reach its goal, in words."""
        if self.ratio > self.goal:
            yield f"{self.name}: ratio {self.ratio:g} (goal ≤ {self.goal:g})"
        yield from (f"{self.name}: {each}" for each in self.beside if not each.holds)


def seconds(act: Callable[[], object]) -> float:
    """Return how long one call takes."""
    gc.collect()
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def compare(
    *,
    name: str,
    n: int,
    goal: float,
    ours: Callable[[], object],
    limit: Callable[[], object],
    rounds: int = 5,
    calls: int = 1,
    exponent: float | None = None,
) -> Row:
    """Measure both sides in turn and return the row; with `calls` a round is that many calls of each side."""
    sides: tuple[list[float], list[float]] = ([], [])

    def many(act: Callable[[], object]) -> Callable[[], None]:
        def run() -> None:
            for _ in range(calls):
                act()

        return run

    for _ in range(rounds):
        sides[0].append(seconds(many(ours)) / calls)
        sides[1].append(seconds(many(limit)) / calls)
    return row_of(name=name, n=n, goal=goal, ours=sides[0], limit=sides[1], exponent=exponent)


def row_of(
    *,
    name: str,
    n: int,
    goal: float,
    ours: list[float],
    limit: list[float],
    unit: str = "s",
    exponent: float | None = None,
    beside: tuple[Beside, ...] = (),
) -> Row:
    """Return the row of what was measured on both sides, by the medians of the rounds."""
    mine, least = statistics.median(ours), statistics.median(limit)
    ratio = mine / least
    return Row(
        name=name, n=n, unit=unit, limit=round(least, 6), ours=round(mine, 6), ratio=round(ratio, 2), goal=goal,
        holds=ratio <= goal and all(each.holds for each in beside), exponent=exponent, peak_mb=peak_mb(),
        beside=beside,
    )  # fmt: skip


def with_beside(row: Row, *more: Beside) -> Row:
    """Return the row with more figures beside it."""
    beside = (*row.beside, *more)
    return replace(row, beside=beside, holds=row.ratio <= row.goal and all(each.holds for each in beside))


def peak_of(act: Callable[[], object]) -> float:
    """Return the most memory this process had during a call, in MB; Linux forgets the peak before it for us."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")
    act()
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def peak_mb() -> float:
    """Return the most memory this process had, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
