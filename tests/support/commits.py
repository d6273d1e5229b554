"""Processes that die at a commit of their choice, and the order in which a test chooses them."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

DEADLY = Path(__file__).with_name("deadly")


def dying_at(number: int, *, after: bool) -> dict[str, str]:
    """Return what to add to a process's environment so that it kills itself just before or after its n-th commit."""
    path = os.pathsep.join(part for part in (str(DEADLY), os.environ.get("PYTHONPATH", "")) if part)
    return {"PYTHONPATH": path, "DIES_AT_COMMIT": f"{number}{'+' if after else ''}"}


def points(*, upto: int, seed: int = 7) -> Iterator[tuple[int, bool]]:
    """Yield commit points for ever: a number from 1 to `upto`, and whether to die after it rather than before."""
    chance = random.Random(seed)
    while True:
        yield chance.randint(1, upto), chance.random() < 0.5
