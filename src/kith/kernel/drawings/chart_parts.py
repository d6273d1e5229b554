"""What the charts share: the result, the scale with round ticks, and words on the axes.

Colours follow the page: beside the light theme's value as a presentation attribute, which any stylesheet overrides,
every part has a class. Filled: `chart-1` (bars, dots), `chart-band`, `chart-empty`, `chart-text`, `chart-muted`,
`chart-figure` (words on a filled ground) and `chart-ok`, `-info`, `-gold`, `-due`, `-danger`, `-quiet` (states).
Stroked: `chart-line`, `chart-grid`.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kith.kernel.drawings.lettering import FAMILY, width
from kith.kernel.drawings.svg import el, words

INK = "#20242E"
MUTED = "#5B6170"
GRID = "#E4DED2"
TEXT = 12.0

Write = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The figures behind a chart: a caption, the columns' heads, and rows of finished texts."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A self-contained SVG and the table that stands behind it."""

    svg: str
    table: ChartTable


def plain(value: float) -> str:
    """Write a figure with at most two decimals."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".").replace("-", "−")


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale from values to a coordinate, with round ticks from end to end."""

    ticks: tuple[float, ...]
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the coordinate of `value`."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.start + (value - low) / (high - low) * (self.end - self.start)


def scale(values: Sequence[float], *, start: float, end: float, zero: bool, wanted: int = 5) -> Scale:
    """Return a scale that holds `values` (and zero, if asked) with about `wanted` steps of 1, 2 or 5 × 10ⁿ.

    No values, or one value only, still give a scale of some length. Not finite: `ValueError`.
    """
    if not all(math.isfinite(value) for value in values):
        raise ValueError("A chart shows finite figures only; leave out what is not known.")
    held = [*values, 0.0] if zero or not values else list(values)
    low, high = min(held), max(held)
    if high - low <= abs(high) * 1e-9:
        low, high = (low, low + 1) if zero or not low else (low - abs(low) * 0.1, high + abs(high) * 0.1)
    rough = (high - low) / wanted
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(m * magnitude for m in (1, 2, 5, 10) if m * magnitude >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return Scale(tuple(round(n * step, 12) for n in range(first, last + 1)), start, end)


def label(
    text: str,
    x: float,
    y: float,
    *,
    anchor: str = "start",
    muted: bool = False,
    strong: bool = False,
    size: float = TEXT,
    figure: bool = False,
) -> str:
    """Return words with their baseline at `y`; a `figure` stands on a coloured ground."""
    kind, fill = ("figure", "#FFFFFF") if figure else ("muted", MUTED) if muted else ("text", INK)
    return el(
        "text",
        words(text),
        x=x,
        y=y,
        text_anchor=anchor,
        font_size=size,
        font_family=FAMILY,
        font_weight=700 if strong else 400,
        class_=f"chart-{kind}",
        fill=fill,
    )


def long(text: str, size: float = TEXT) -> float:
    """Return about how many units wide `text` is."""
    return width(text) * size * 0.94


def shortened(text: str, room: float, size: float = TEXT) -> str:
    """Return `text`, cut with an ellipsis where it is wider than `room`."""
    if long(text, size) <= room:
        return text
    kept = text
    while kept and long(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
