"""A figure over time with the band it may lie in: an estimate with its interval, or a value with its goal corridor."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kith.kernel.drawings.chart_parts import GRID, Chart, ChartTable, Scale, Write, label, long, plain, scale
from kith.kernel.drawings.svg import circle, document, identifier, line, number, path

_LINE = "#1F6B57"
_UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class BandPoint:
    """One moment: its name on the axis, the figure and its bounds; `None` where nothing is known."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None


def line_with_band(
    *,
    title: str,
    points: Sequence[BandPoint],
    head: tuple[str, str, str, str],
    write: Write = plain,
    zero: bool = False,
    width: float = 440,
    height: float = 240,
) -> Chart:
    """Return the chart; `head` names the table's columns: moment, figure, low, high.

    Where a figure is missing the line is broken, never bridged. The scale holds all bounds, and zero if asked.
    Figures in the table that are missing are a dash.
    """
    known = [value for point in points for value in (point.value, point.low, point.high) if value is not None]
    held = scale(known, start=height - 30, end=16, zero=zero)
    left = max(long(write(tick)) for tick in held.ticks) + 10
    last = next((point.value for point in reversed(points) if point.value is not None), None)
    right = width - (long(write(last)) * 1.08 + 14 if last is not None else 8)
    places = [left + 6 + (right - left - 6) * (i / max(1, len(points) - 1)) for i in range(len(points))]
    drawn = (
        *_grid(held, write, left, right),
        *_bands(points, places, held),
        *_lines(points, places, held, write),
        *_moments(points, places, height),
    )
    table = ChartTable(
        title,
        head,
        tuple(
            (point.name, *(_UNKNOWN if v is None else write(v) for v in (point.value, point.low, point.high)))
            for point in points
        ),
    )
    key = identifier("band", title, *(repr(point) for point in points))
    return Chart(document(*drawn, width=width, height=height, title=title, id_=key), table)


def _grid(held: Scale, write: Write, left: float, right: float) -> Iterator[str]:
    for tick in held.ticks:
        y = held.at(tick)
        yield line(left, y, right, y, class_="chart-grid", stroke=GRID, stroke_width=1)
        yield label(write(tick), left - 8, y + 4, anchor="end", muted=True)


def _runs(known: Sequence[bool]) -> Iterator[range]:
    """Yield the unbroken stretches of what is known."""
    start = 0
    for index, here in enumerate([*known, False]):
        if not here:
            if index > start:
                yield range(start, index)
            start = index + 1


def _bands(points: Sequence[BandPoint], places: Sequence[float], held: Scale) -> Iterator[str]:
    for run in _runs([point.low is not None and point.high is not None for point in points]):
        above = [f"{number(places[i])} {number(held.at(points[i].high or 0))}" for i in run]
        below = [f"{number(places[i])} {number(held.at(points[i].low or 0))}" for i in reversed(run)]
        yield path(
            "M" + "L".join(above + below) + "Z",
            class_="chart-band", fill=_LINE, fill_opacity=0.16,
        )  # fmt: skip


def _lines(points: Sequence[BandPoint], places: Sequence[float], held: Scale, write: Write) -> Iterator[str]:
    runs = list(_runs([point.value is not None for point in points]))
    for run in runs:
        spots = [(places[i], held.at(points[i].value or 0)) for i in run]
        yield path(
            "M" + "L".join(f"{number(x)} {number(y)}" for x, y in spots),
            class_="chart-line", fill="none", stroke=_LINE, stroke_width=2.5, stroke_linejoin="round",
            stroke_linecap="round",
        )  # fmt: skip
        if len(spots) == 1:
            yield circle(*spots[0], 3, class_="chart-1", fill=_LINE)
    if runs:
        index = runs[-1][-1]
        value = points[index].value or 0
        yield circle(places[index], held.at(value), 4.5, class_="chart-1", fill=_LINE)
        yield label(write(value), places[index] + 9, held.at(value) + 4, strong=True)


def _moments(points: Sequence[BandPoint], places: Sequence[float], height: float) -> Iterator[str]:
    """Yield the last name below the line and, in even steps before it, as many as fit."""
    if not points:
        return
    gap = places[-1] - places[-2] if len(points) > 1 else 1.0
    every = max(1, math.ceil((max(long(point.name) for point in points) + 12) / gap))
    for index in range(len(points) - 1, -1, -every):
        yield label(points[index].name, places[index], height - 8, anchor="middle", muted=True)
