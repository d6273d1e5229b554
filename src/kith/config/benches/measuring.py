"""Measuring two sides of a row: rounds in turn, medians, and the row as it is printed."""

import gc
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One result. `ratio` is ours ÷ limit in seconds, so smaller is better; `holds` when it is within `goal`."""

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
    mine, least = statistics.median(sides[0]), statistics.median(sides[1])
    ratio = mine / least
    return Row(
        name=name, n=n, unit="s", limit=round(least, 6), ours=round(mine, 6), ratio=round(ratio, 2), goal=goal,
        holds=ratio <= goal, exponent=exponent, peak_mb=peak_mb(),
    )  # fmt: skip


def peak_mb() -> float:
    """Return the most memory this process had, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
