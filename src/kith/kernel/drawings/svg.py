"""Small words for writing SVG: elements, numbers, mirrored outlines, and choices that follow from a seed."""

import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import TypeVar
from xml.sax.saxutils import escape, quoteattr

T = TypeVar("T")

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Attributes = Mapping[str, str | float | None]

Step = tuple[float, float] | tuple[float, float, float, float, float, float]


class Dice:
    """Choices that follow from a seed; each has a name, so that a new choice changes none of the others."""

    def __init__(self, seed: str) -> None:
        """Take any text."""
        self.seed = seed

    def number(self, name: str) -> int:
        """Return the 64-bit number of the choice `name`."""
        return int.from_bytes(blake2b(f"{self.seed}\0{name}".encode(errors="surrogatepass"), digest_size=8).digest())

    def pick(self, name: str, options: Sequence[T]) -> T:
        """Return one of `options`, each as likely as the others."""
        return options[self.number(name) % len(options)]

    def chance(self, name: str, percent: int) -> bool:
        """Say yes in `percent` of a hundred seeds."""
        return self.number(name) % 100 < percent

    def between(self, name: str, low: float, high: float) -> float:
        """Return a number from `low` to `high` in 1,000 steps."""
        return low + (high - low) * (self.number(name) % 1000) / 999


def identifier(*parts: str) -> str:
    """Return a short XML identifier that follows from `parts`; pictures on one page keep apart by it."""
    return "k" + blake2b("\0".join(parts).encode(errors="surrogatepass"), digest_size=5).hexdigest()


def number(value: float) -> str:
    """Return `value` with at most two decimals and none that say nothing."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def el(name: str, *children: str, **attributes: str | float | None) -> str:
    """Return an element. `stroke_width=2` is written `stroke-width="2"`, `href_`/`class_` lose the underscore.

    Attribute values are escaped; children are markup already: text goes through `words`. `None` is left out.
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={_quoted(value)}"
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def _quoted(value: str | float) -> str:
    return quoteattr(_FORBIDDEN.sub("", value) if isinstance(value, str) else number(value))


def words(text: str) -> str:
    """Return `text` as markup; characters XML 1.0 forbids are left out."""
    return escape(_FORBIDDEN.sub("", text))


def g(*children: str, **attributes: str | float | None) -> str:
    """Return a group."""
    return el("g", *children, **attributes)


def path(d: str, **attributes: str | float | None) -> str:
    """Return a path."""
    return el("path", d=d, **attributes)


def rect(x: float, y: float, width: float, height: float, **attributes: str | float | None) -> str:
    """Return a rectangle."""
    return el("rect", x=x, y=y, width=width, height=height, **attributes)


def circle(cx: float, cy: float, r: float, **attributes: str | float | None) -> str:
    """Return a circle."""
    return el("circle", cx=cx, cy=cy, r=r, **attributes)


def ellipse(cx: float, cy: float, rx: float, ry: float, **attributes: str | float | None) -> str:
    """Return an ellipse."""
    return el("ellipse", cx=cx, cy=cy, rx=rx, ry=ry, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: str | float | None) -> str:
    """Return a line."""
    return el("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def turned(cx: float, *steps: Step) -> str:
    """Return the closed outline of something turned on a lathe around `cx`.

    `steps` run down the right side as distances from the axis: `(dx, y)` is a corner, six numbers are a cubic
    curve (two handles, then its end). The left side is the mirror image.
    """
    start = steps[0][:2]
    down = [f"M{number(cx + start[0])} {number(start[1])}"]
    up: list[str] = []
    last = start
    for step in steps[1:]:
        end = step[-2:]
        if len(step) == 2:  # noqa: PLR2004  (a corner is a pair)
            down.append(f"L{number(cx + step[0])} {number(step[1])}")
            up.append(f"L{number(cx - last[0])} {number(last[1])}")
        else:
            ax, ay, bx, by, x, y = step
            down.append("C" + " ".join(number(v) for v in (cx + ax, ay, cx + bx, by, cx + x, y)))
            up.append("C" + " ".join(number(v) for v in (cx - bx, by, cx - ax, ay, cx - last[0], last[1])))
        last = (end[0], end[1])
    across = f"L{number(cx - last[0])} {number(last[1])}"
    return "".join((*down, across, *reversed(up), "Z"))


def document(
    *children: str, width: float, height: float, title: str, id_: str, role: str = "img", description: str = ""
) -> str:
    """Return a whole picture: it scales to its place, and is read out as `title`, then `description` if any.

    A picture with links inside takes the role `group`, for an `img` hides what it holds from screen readers.
    """
    described = el("desc", words(description), id=f"{id_}d") if description else ""
    return el(
        "svg",
        el("title", words(title), id=f"{id_}t"),
        described,
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role=role,
        aria_labelledby=f"{id_}t",
        aria_describedby=f"{id_}d" if described else None,
    )
