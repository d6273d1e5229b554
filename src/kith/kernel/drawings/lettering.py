"""Words fitted into a space: broken into lines, made smaller, and cut with an ellipsis only as the last resort."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kith.kernel.drawings.svg import el, words

FAMILY = "Be Vietnam Pro, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_NARROW = frozenset("iljtfrI.,:;'!|()[]·’")
_WIDE = frozenset("mwMWQO@%&—")
_LEADING = 1.18


def width(text: str) -> float:
    """Return about how wide `text` is in bold type, in em, a little on the safe side."""
    return sum(_advance(character) for character in text)


def _advance(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn"}:
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.02
    if character.isspace():
        return 0.3
    plain = unicodedata.normalize("NFD", character)[0]
    if plain in _NARROW:
        return 0.38
    if plain in _WIDE:
        return 0.92
    return 0.74 if plain.isupper() else 0.63


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of one size (user units) and their height together."""

    lines: tuple[str, ...]
    size: float

    @property
    def height(self) -> float:
        """Return the height of all lines."""
        return self.size * _LEADING * len(self.lines)


def fit(text: str, *, room: float, height: float, largest: float, smallest: float = 9, most: int = 3) -> Fitted:
    """Return `text` in at most `most` lines within `room` × `height`, as large as it goes.

    Breaks at spaces and hyphens, and between Han characters; a single word that is too long at the smallest
    size, or too many words, end in an ellipsis.
    """
    plain = " ".join(text.split())
    size = largest
    while size > smallest:
        lines = list(_lines(plain, room / size))
        if len(lines) <= most and Fitted(tuple(lines), size).height <= height and _widest(lines) <= room / size:
            return Fitted(tuple(lines), size)
        size -= 0.5
    kept = list(_lines(plain, room / smallest))
    affordable = max(1, min(most, int(height / (smallest * _LEADING))))
    cut = [_cut(line, room / smallest, always=False) for line in kept[:affordable]]
    if len(kept) > affordable:
        cut[-1] = _cut(kept[affordable - 1], room / smallest, always=True)
    return Fitted(tuple(cut), smallest)


def _widest(lines: list[str]) -> float:
    return max((width(line) for line in lines), default=0.0)


def _pieces(text: str) -> Iterator[str]:
    """Yield what must stay together, spaces at the end of the piece before them."""
    piece = ""
    for character in text:
        if piece and (piece[-1] in " -/" or _han(character) or _han(piece[-1])) and character not in " ，。、》）":
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _han(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _lines(text: str, room: float) -> Iterator[str]:
    current = ""
    for piece in _pieces(text):
        if current and width((current + piece).rstrip()) > room:
            yield current.rstrip()
            current = ""
        current += piece
    if current:
        yield current.rstrip()


def _cut(line: str, room: float, *, always: bool) -> str:
    if not always and width(line) <= room:
        return line
    kept = line
    while kept and width(kept + "…") > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def lettered(fitted: Fitted, *, x: float, middle: float, fill: str, weight: int = 700, anchor: str = "middle") -> str:
    """Return the lines around the height `middle`, anchored at `x`."""
    step = fitted.size * _LEADING
    first = middle - step * (len(fitted.lines) - 1) / 2 + fitted.size * 0.35
    return "".join(
        el(
            "text",
            words(text),
            x=x,
            y=first + step * index,
            fill=fill,
            font_size=fitted.size,
            font_weight=weight,
            font_family=FAMILY,
            text_anchor=anchor,
        )
        for index, text in enumerate(fitted.lines)
    )
