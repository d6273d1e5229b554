"""Geometry of the small charts drawn on the server; the macros of `components/charts.html` write the SVG.

Drawings are stretched to their place (x 0 to 100, y 0 to 100, y downwards), words stand beside them as HTML,
so that they keep their size on a phone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kith.portal.shell.words import number

Number = int | float | Decimal
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
_WANTED_LINES = 4
_INSET = 1.0


@dataclass(frozen=True)
class Bar:
    """One bar: its label, the words of its value, its width in percent of the longest."""

    label: str
    shown: str
    width: float


@dataclass(frozen=True)
class Mark:
    """A grid line: its words and its height from above in percent."""

    label: str
    y: float


@dataclass(frozen=True)
class Drawing:
    """A line: the path, the area under it, its last point, grid and goal; an empty path for no points."""

    path: str
    area: str
    last: tuple[float, float]
    grid: tuple[Mark, ...]
    goal: float | None
    rows: tuple[Bar, ...]


def _shown(value: Number) -> str:
    whole = float(value) == int(value)
    return number(value, 0 if whole else 1)


def bars(rows: Sequence[Sequence[object]]) -> list[Bar]:
    """Return bars for rows (label, value) or (label, value, shown). Values below zero have no length."""
    values = [_number(row[1]) for row in rows]
    top = max([float(value) for value in values], default=0.0)
    made = []
    for row, value in zip(rows, values, strict=True):
        width = round(max(float(value), 0.0) / top * 100, 2) if top > 0 else 0.0
        made.append(Bar(str(row[0]), str(row[2]) if len(row) > 2 else _shown(value), width))  # noqa: PLR2004  (label, value, shown)
    return made


def _number(value: object) -> Number:
    if isinstance(value, int | float | Decimal):
        return value
    message = f"A chart draws numbers, not {type(value).__name__}."
    raise TypeError(message)


def nice_top(highest: float) -> tuple[float, float]:
    """Return the top of a scale from zero and the step of its lines, both round numbers."""
    if highest <= 0:
        return 1.0, 1.0
    raw = highest / _WANTED_LINES
    power = 10 ** math.floor(math.log10(raw))
    step = next(nice * power for nice in _NICE if nice * power >= raw - 1e-12)
    return step * math.ceil(highest / step - 1e-9), step


def line(points: Sequence[Sequence[object]], goal: Number | None = None) -> Drawing:
    """Return the drawing of points (label, value ≥ 0) from left to right, on a scale from zero."""
    values = [float(_number(point[1])) for point in points]
    top, step = nice_top(max([*values, float(goal or 0)], default=0.0))
    grid = tuple(Mark(_shown(step * i), _height(step * i, top)) for i in range(round(top / step) + 1))
    rows = tuple(bars(points))
    goal_height = None if goal is None else _height(float(goal), top)
    if not values:
        return Drawing("", "", (0.0, 0.0), grid, goal_height, rows)
    across = [
        _INSET + (100 - 2 * _INSET) * (index / (len(values) - 1) if len(values) > 1 else 0.5)
        for index in range(len(values))
    ]
    spots = [(round(x, 2), _height(value, top)) for x, value in zip(across, values, strict=True)]
    path = "M" + " L".join(f"{x} {y}" for x, y in spots)
    area = f"{path} L{spots[-1][0]} 100 L{spots[0][0]} 100 Z"
    return Drawing(path, area, spots[-1], grid, goal_height, rows)


def _height(value: float, top: float) -> float:
    return round(100 - value / top * 100, 2)


def spark(values: Sequence[Number]) -> str:
    """Return the path of a line as high as text, from its own lowest to its highest value."""
    if not values:
        return ""
    numbers = [float(value) for value in values]
    low, high = min(numbers), max(numbers)
    spread = (high - low) or 1.0
    last = max(len(numbers) - 1, 1)
    return "M" + " L".join(
        f"{round(index / last * 100, 2)} {round(95 - (value - low) / spread * 90, 2)}"
        for index, value in enumerate(numbers)
    )
