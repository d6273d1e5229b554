"""Bars: one figure for each of a few things; upright where the names fit below, lying where they are long."""

from collections.abc import Sequence
from dataclasses import dataclass

from kith.kernel.drawings.chart_parts import (
    GRID,
    TEXT,
    Chart,
    ChartTable,
    Scale,
    Write,
    label,
    long,
    plain,
    scale,
    shortened,
)
from kith.kernel.drawings.svg import document, identifier, line, path, rect

_BAR = "#1F6B57"
_ROW = 30.0
_MOST_UPRIGHT = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """A thing and its figure."""

    name: str
    value: float


def bars(
    *,
    title: str,
    points: Sequence[Bar],
    head: tuple[str, str],
    write: Write = plain,
    width: float = 440,
    height: float = 240,
) -> Chart:
    """Return the chart; `head` names the table's two columns, `write` turns a figure into words.

    Bars begin at zero; figures below zero go the other way. Lying bars take as much height as they need.
    """
    slot = (width - 56) / max(1, len(points))
    upright = len(points) <= _MOST_UPRIGHT and all(long(point.name) <= slot - 4 for point in points)
    drawn, tall = (_upright(points, write, width, height), height) if upright else _lying(points, write, width)
    table = ChartTable(title, head, tuple((point.name, write(point.value)) for point in points))
    key = identifier("bars", title, *(f"{point.name}{point.value}" for point in points))
    return Chart(document(drawn, width=width, height=tall, title=title, id_=key), table)


def _upright(points: Sequence[Bar], write: Write, width: float, height: float) -> str:
    held = scale([point.value for point in points], start=height - 28, end=22, zero=True)
    left = max(long(write(tick)) for tick in held.ticks) + 10
    slot = (width - left) / max(1, len(points))
    thick = min(46.0, slot * 0.62)
    figures = all(long(write(point.value)) <= slot for point in points)
    drawn = [_grid(held, write, left, width)]
    for index, point in enumerate(points):
        middle = left + slot * (index + 0.5)
        top, zero = held.at(point.value), held.at(0)
        drawn.append(_column(middle - thick / 2, zero, thick, top))
        drawn.append(label(point.name, middle, height - 9, anchor="middle", muted=True))
        if figures:
            y = top - 6 if point.value >= 0 else top + 15
            drawn.append(label(write(point.value), middle, y, anchor="middle", strong=True))
    return "".join(drawn)


def _grid(held: Scale, write: Write, left: float, right: float) -> str:
    return "".join(
        line(left, held.at(tick), right, held.at(tick), class_="chart-grid", stroke=GRID, stroke_width=1)
        + label(write(tick), left - 8, held.at(tick) + 4, anchor="end", muted=True)
        for tick in held.ticks
    )


def _column(x: float, zero: float, thick: float, top: float) -> str:
    """Return a bar with the corners of its free end rounded."""
    tall = zero - top
    r = min(4.0, abs(tall), thick / 2)
    bend = r if tall >= 0 else -r
    d = (
        f"M{x:.2f} {zero:.2f}V{top + bend:.2f}Q{x:.2f} {top:.2f} {x + r:.2f} {top:.2f}H{x + thick - r:.2f}"
        f"Q{x + thick:.2f} {top:.2f} {x + thick:.2f} {top + bend:.2f}V{zero:.2f}Z"
    )
    return path(d, class_="chart-1", fill=_BAR)


def _lying(points: Sequence[Bar], write: Write, width: float) -> tuple[str, float]:
    names = min(width * 0.48, max((long(point.name) for point in points), default=0)) + 10
    figures = max((long(write(point.value)) for point in points), default=0) * 1.08 + 8
    held = scale([point.value for point in points], start=names, end=width - figures, zero=True)
    drawn = []
    for index, point in enumerate(points):
        y = index * _ROW + 6
        begin, end = sorted((held.at(0), held.at(point.value)))
        drawn.append(label(shortened(point.name, names - 10), 0, y + 14))
        drawn.append(rect(begin, y, max(end - begin, 1), 19, rx=3, class_="chart-1", fill=_BAR))
        drawn.append(label(write(point.value), end + 6, y + 14, strong=True))
    return "".join(drawn), max(1, len(points)) * _ROW + TEXT / 2
