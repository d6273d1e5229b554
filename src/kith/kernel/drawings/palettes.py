"""Colours of drawn things: paper, ink and a tea garden, as the face has them."""

from collections.abc import Sequence
from dataclasses import dataclass

from kith.kernel.drawings.svg import Dice


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#RRGGBB`: the wall behind, a glow on it, the thing, its dark side, its label, print, ornament."""

    wall: str
    glow: str
    body: str
    deep: str
    paper: str
    ink: str
    accent: str


PALETTES: dict[str, Palette] = {
    "tea": Palette("#EAF1EA", "#D8E6DA", "#2F7A63", "#17493B", "#FBF8F3", "#1B4538", "#C9862B"),
    "jade": Palette("#E9F3EF", "#D2E8DF", "#58A68A", "#2C6E58", "#FDFBF6", "#245747", "#E0794F"),
    "brick": Palette("#F7ECE4", "#F1DCCD", "#B9502F", "#7C2F18", "#FCF6EE", "#74301B", "#2F7A63"),
    "gold": Palette("#F8F0DC", "#F1E2BC", "#D29A2E", "#8A5A00", "#FFFAEE", "#6B4700", "#A5402A"),
    "lotus": Palette("#F8ECEE", "#F1DADF", "#D0738A", "#8E3E55", "#FFF9F8", "#7A3148", "#2F7A63"),
    "indigo": Palette("#EAEDF6", "#D8DEF0", "#44589F", "#27346B", "#FAF8F4", "#2A3770", "#D58B3A"),
    "plum": Palette("#F2EBF2", "#E5D7E6", "#7B4A7E", "#4B2750", "#FBF6F3", "#4F2B54", "#D9A03C"),
    "sea": Palette("#E6F1F3", "#D0E5E9", "#2F8296", "#165260", "#FAF8F2", "#1A5361", "#E6875B"),
    "peach": Palette("#FBEFE3", "#F7DFC8", "#E88F56", "#A9552A", "#FFFAF3", "#8A431F", "#3C7F6B"),
    "ink": Palette("#ECEBE8", "#DDDBD5", "#39414F", "#1D222B", "#F8F4EC", "#20242E", "#C9862B"),
    "sesame": Palette("#F3EDE3", "#E7DCCB", "#9C7B55", "#644B30", "#FDF8EF", "#553E26", "#2F7A63"),
    "lime": Palette("#F1F4E0", "#E2EABF", "#8BA63A", "#55691B", "#FDFCF3", "#46571A", "#D9653B"),
}


def palette_for(seed: str, among: Sequence[str] = ()) -> Palette:
    """Return the palette that follows from `seed`, out of all or of the names in `among`."""
    return PALETTES[Dice(seed).pick("palette", tuple(among) or tuple(PALETTES))]
