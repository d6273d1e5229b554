"""Tokens of a theme, the stylesheet they make, and the contrast they must keep.

A theme is values only: colours for light and dark, a list of type families and the radius of corners. Every
value is checked before it becomes a stylesheet, so a theme can carry nothing but colours, names and numbers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

COLOURS: Mapping[str, tuple[str, str]] = {
    "ground": ("#FBF8F3", "#14171C"),
    "card": ("#FFFFFF", "#1C2027"),
    "sunk": ("#F4EFE6", "#101318"),
    "line": ("#E7E0D4", "#2E343E"),
    "edge": ("#8C8678", "#767D8B"),
    "ink": ("#20242E", "#ECE8E1"),
    "muted": ("#5B6170", "#A3A9B6"),
    "primary": ("#1F6B57", "#6CC5A8"),
    "on-primary": ("#FFFFFF", "#0E1F19"),
    "accent": ("#B4472B", "#F0906F"),
    "gold": ("#8A5A00", "#E3B04B"),
    "info": ("#3A4F9A", "#9FB2F2"),
    "ok": ("#2B6B2F", "#86C98A"),
    "danger": ("#B3261E", "#F2877F"),
    "on-danger": ("#FFFFFF", "#2A0F0D"),
}
"""The default theme: token -> (light, dark). `line` is a hairline, `edge` the border of a control."""

FONT = "Be Vietnam Pro"
SYSTEM_FONTS = (
    "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "system-ui", "sans-serif",
)  # fmt: skip
RADIUS = 10

TEXT_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3: the smallest contrast of text on its ground."""
CONTROL_CONTRAST = 3.0
"""WCAG 2.2, 1.4.11: the smallest contrast of a control's border on its ground."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_FAMILY = re.compile(r"[A-Za-z0-9][A-Za-z0-9 \-]{0,59}")
_MAX_RADIUS = 24
_GROUNDS = ("ground", "card")
_TEXTS = ("ink", "muted", "primary", "accent", "gold", "info", "ok", "danger")
_FACTOR = 0.04045


class BadThemeError(ValueError):
    """A theme holds a value that is no colour, no name of a font or no radius; the sentence names it."""


@dataclass(frozen=True)
class Tokens:
    """What an organization replaces; what is missing stays as in the default theme.

    `light` and `dark` map names of `COLOURS` to `#rrggbb`; `font` is the name of a family the reader's
    machine has ("" keeps Be Vietnam Pro); `radius` is in pixels, 0 to 24.
    """

    light: Mapping[str, str] = field(default_factory=dict)
    dark: Mapping[str, str] = field(default_factory=dict)
    font: str = ""
    radius: int = RADIUS


@dataclass(frozen=True)
class TooFaint:
    """A pair of colours that cannot be told apart well enough."""

    mode: str
    foreground: str
    background: str
    contrast: float
    wanted: float


def _luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2, definition of relative luminance)."""
    if not _COLOUR.fullmatch(colour):
        raise BadThemeError(f"{colour[:20]!r} is not a colour: write it like #1F6B57.")
    parts = []
    for start in (1, 3, 5):
        part = int(colour[start : start + 2], 16) / 255
        parts.append(part / 12.92 if part <= _FACTOR else ((part + 0.055) / 1.055) ** 2.4)
    red, green, blue = parts
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(foreground: str, background: str) -> float:
    """Return the contrast of two colours `#rrggbb`, 1.0 (same) to 21.0 (black on white), as WCAG 2.2 defines it."""
    first, second = _luminance(foreground), _luminance(background)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def palette(tokens: Tokens, mode: str) -> dict[str, str]:
    """Return all colours of `mode` ("light" or "dark"), the default where the theme has none.

    Raises `BadThemeError` for an unknown name or a value that is not `#rrggbb`.
    """
    own = tokens.dark if mode == "dark" else tokens.light
    for name, value in own.items():
        if name not in COLOURS:
            raise BadThemeError(f"{name[:40]!r} is not a colour of a theme (there are {', '.join(COLOURS)}).")
        if not _COLOUR.fullmatch(value):
            raise BadThemeError(f"{name} is {value[:20]!r}, which is not a colour: write it like #1F6B57.")
    index = 1 if mode == "dark" else 0
    return {name: own.get(name, pair[index]).upper() for name, pair in COLOURS.items()}


def faint_pairs(tokens: Tokens) -> list[TooFaint]:
    """Return every pair of colours with too little contrast; an empty list means the theme may be saved."""
    found = []
    for mode in ("light", "dark"):
        colours = palette(tokens, mode)
        pairs = [(text, ground, TEXT_CONTRAST) for text in _TEXTS for ground in _GROUNDS]
        pairs += [("on-primary", "primary", TEXT_CONTRAST), ("on-danger", "danger", TEXT_CONTRAST)]
        pairs += [("edge", ground, CONTROL_CONTRAST) for ground in _GROUNDS]
        for front, back, wanted in pairs:
            measured = contrast(colours[front], colours[back])
            if measured < wanted:
                found.append(TooFaint(mode, front, back, round(measured, 2), wanted))
    return found


def _declarations(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def theme_css(tokens: Tokens | None = None) -> str:
    """Return the stylesheet of a theme: its colours for light, dark and a chosen mode, type and corners.

    Raises `BadThemeError` where a value is not what it should be; contrast is `faint_pairs`' matter.
    """
    tokens = tokens or Tokens()
    if tokens.font and not _FAMILY.fullmatch(tokens.font):
        raise BadThemeError(f"{tokens.font[:40]!r} is not the name of a font: letters, digits, spaces and hyphens.")
    if not 0 <= tokens.radius <= _MAX_RADIUS:
        raise BadThemeError(f"The radius of corners is {tokens.radius}: write 0 to {_MAX_RADIUS} pixels.")
    families = [name for name in (tokens.font, FONT) if name]
    stack = ",".join([*(f'"{name}"' for name in families), *(f'"{n}"' if " " in n else n for n in SYSTEM_FONTS)])
    light, dark = _declarations(palette(tokens, "light")), _declarations(palette(tokens, "dark"))
    return (
        f":root{{color-scheme:light;--family:{stack};--radius:{tokens.radius}px;{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}\n"
    )
