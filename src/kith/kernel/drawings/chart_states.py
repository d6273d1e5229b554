"""Stacked states: how many of a whole are in which state, a bar for each; told by order, texture and figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kith.kernel.drawings.chart_parts import TEXT, Chart, ChartTable, label, long, shortened
from kith.kernel.drawings.svg import Attributes, circle, document, el, g, identifier, line, rect

_ROW = 38.0
_BAR = 24.0


class Tone(StrEnum):
    """What a state means to its reader: the classes are `chart-<tone>`."""

    OK = "ok"
    INFO = "info"
    GOLD = "gold"
    DUE = "due"
    DANGER = "danger"
    QUIET = "quiet"


_FILLS = {
    Tone.OK: "#2B6B2F",
    Tone.INFO: "#3A4F9A",
    Tone.GOLD: "#8A5A00",
    Tone.DUE: "#B4472B",
    Tone.DANGER: "#8E1B15",
    Tone.QUIET: "#6B7080",
}


@dataclass(frozen=True, slots=True)
class State:
    """A state by its key in the rows, its name in the reader's words, and its tone."""

    key: str
    name: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class StateRow:
    """A whole and how many of it are in each state; a state left out counts nothing."""

    name: str
    counts: Mapping[str, int]


def stacked_states(
    *, title: str, rows: Sequence[StateRow], states: Sequence[State], head: tuple[str, str], width: float = 440
) -> Chart:
    """Return the chart; `head` names the table's first and last column (what the rows are, and their sum).

    Each bar is as long as the others: it shows shares, its figures are counts. A count below zero or of a state
    that is not among `states` is a `ValueError`.
    """
    known = {state.key for state in states}
    for row in rows:
        if strange := {key for key, count in row.counts.items() if key not in known or count < 0}:
            message = f"{row.name} counts {', '.join(sorted(strange))}, which cannot be drawn."
            raise ValueError(message)
    key = identifier("states", title, *(f"{row.name}{dict(row.counts)}" for row in rows))
    legend, below = _legend(states, width, key)
    drawn = "".join(_row(row, states, index, below, width, rows, key) for index, row in enumerate(rows))
    table = ChartTable(
        title,
        (head[0], *(state.name for state in states), head[1]),
        tuple(
            (row.name, *(str(row.counts.get(state.key, 0)) for state in states), str(sum(row.counts.values())))
            for row in rows
        ),
    )
    height = below + max(1, len(rows)) * _ROW
    return Chart(document(_textures(key), legend, drawn, width=width, height=height, title=title, id_=key), table)


def _textures(key: str) -> str:
    """Return three fine patterns that tell neighbouring states apart without colour."""
    white: Attributes = {"stroke": "#fff", "stroke_opacity": 0.34, "stroke_width": 1.6}
    inside = (
        line(0, 7, 7, 0, **white) + line(-1, 1, 1, -1, **white) + line(6, 8, 8, 6, **white),
        circle(3.5, 3.5, 1.3, fill="#fff", fill_opacity=0.42),
        line(0, 3.5, 7, 3.5, **white),
    )
    return el(
        "defs",
        *(
            el("pattern", drawn, id=f"{key}p{index + 1}", width=7, height=7, patternUnits="userSpaceOnUse")
            for index, drawn in enumerate(inside)
        ),
    )


def _filled(index: int, state: State, x: float, y: float, width: float, height: float, key: str) -> str:
    block = rect(x, y, width, height, class_=f"chart-{state.tone}", fill=_FILLS[state.tone])
    texture = index % 4
    return block + (rect(x, y, width, height, fill=f"url(#{key}p{texture})") if texture else "")


def _legend(states: Sequence[State], width: float, key: str) -> tuple[str, float]:
    """Return swatches with names, wrapped, and the height below them."""
    drawn, x, y = [], 0.0, 0.0
    for index, state in enumerate(states):
        needed = 18 + long(state.name) + 14
        if x and x + needed - 14 > width:
            x, y = 0.0, y + 20
        drawn.append(_filled(index, state, x, y + 2, 12, 12, key))
        drawn.append(label(state.name, x + 18, y + 12.5))
        x += needed
    return "".join(drawn), y + 30


def _row(
    row: StateRow, states: Sequence[State], index: int, below: float, width: float, rows: Sequence[StateRow], key: str
) -> str:
    names = min(width * 0.34, max(long(each.name) for each in rows)) + 10
    sums = max(long(str(sum(each.counts.values()))) for each in rows) * 1.1 + 8
    total = sum(row.counts.values())
    y = below + index * _ROW
    clip = f"{key}r{index}"
    room = width - names - sums
    return "".join(
        (
            label(shortened(row.name, names - 10), 0, y + _BAR / 2 + TEXT * 0.35),
            el("clipPath", rect(names, y, room, _BAR, rx=5), id=clip),
            g(
                rect(names, y, room, _BAR, class_="chart-empty", fill="#EFEAE0"),
                *_segments(row, states, names, y, room, total, key),
                clip_path=f"url(#{clip})",
            ),
            label(str(total), width, y + _BAR / 2 + TEXT * 0.35, anchor="end", strong=True),
        )
    )


def _segments(
    row: StateRow, states: Sequence[State], left: float, y: float, room: float, total: int, key: str
) -> Iterator[str]:
    x = left
    for index, state in enumerate(states):
        count = row.counts.get(state.key, 0)
        if not count:
            continue
        wide = room * count / total
        yield _filled(index, state, x, y, max(wide - 1.5, 0.8), _BAR, key)
        figure = long(str(count)) + 8
        if wide >= figure:
            middle = x + (wide - 1.5) / 2
            if index % 4:
                yield rect(middle - figure / 2, y + 4, figure, _BAR - 8, rx=8, class_=f"chart-{state.tone}",
                           fill=_FILLS[state.tone])  # fmt: skip
            yield label(str(count), middle, y + _BAR / 2 + 4, anchor="middle", strong=True, figure=True)
        x += wide
