"""Hair for drawn people: what lies behind the head and what lies on it, for a head around (100, 92)."""

from collections.abc import Callable
from dataclasses import dataclass

from kith.kernel.drawings.svg import circle, ellipse, g, path


@dataclass(frozen=True, slots=True)
class Hair:
    """Two layers of markup; `covers` is hair under cloth: ears and neck are then not drawn."""

    behind: str
    front: str
    covers: bool = False


def crop(hair: str, _shade: str) -> Hair:
    """Return short hair, cut straight over the brow."""
    return Hair(
        "",
        path(
            "M64 92C58 46 80 36 101 36C123 36 142 48 136 92C134 82 132 74 128 68C112 72 86 72 72 66C67 74 66 82 64 92Z",
            fill=hair,
        ),
    )


def parted(hair: str, shade: str) -> Hair:
    """Return short hair with a parting at the side."""
    return Hair(
        "",
        path(
            (
                "M64 92C56 44 82 34 104 35C128 36 142 52 136 92C134 80 130 72 126 68C112 68 98 62 86"
                " 52C84 62 72 68 69 74C66 80 65 86 64 92Z"
            ),
            fill=hair,
        )
        + path("M86 52C90 44 98 40 106 39", fill="none", stroke=shade, stroke_width=2.5, stroke_linecap="round"),
    )


def quiff(hair: str, shade: str) -> Hair:
    """Return hair brushed up over the brow, the sides short."""
    return Hair(
        "",
        path(
            (
                "M64 92C60 74 60 62 66 54C60 36 86 24 112 28C134 32 144 48 135 60C139 70 138 82 136"
                " 92C134 82 131 74 127 68C112 72 88 68 75 62C69 70 66 82 64 92Z"
            ),
            fill=hair,
        )
        + path("M78 52C88 40 106 36 122 42", fill="none", stroke=shade, stroke_width=3, stroke_linecap="round"),
    )


def curls(hair: str, shade: str) -> Hair:
    """Return short curls."""
    spots = ((70, 66, 13), (78, 51, 14), (94, 43, 15), (111, 43, 15), (125, 52, 14), (131, 67, 12))
    return Hair(
        "",
        g(*(circle(x, y, r, fill=hair) for x, y, r in spots), ellipse(100, 57, 28, 12, fill=hair))
        + "".join(
            path(
                f"M{x - 5} {y}A5 5 0 0 1 {x + 5} {y - 1}",
                fill="none",
                stroke=shade,
                stroke_width=2,
                stroke_linecap="round",
            )
            for x, y in ((80, 52), (98, 46), (117, 50))
        ),
    )


def buzz(hair: str, _shade: str) -> Hair:
    """Return very short hair."""
    return Hair(
        "",
        path(
            "M66 86C60 52 80 42 100 42C120 42 140 52 134 86C132 72 124 62 100 62C76 62 68 72 66 86Z",
            fill=hair,
            opacity=0.82,
        ),
    )


def ring(hair: str, _shade: str) -> Hair:
    """Return hair at the sides only."""
    side = "M65 100C60 84 62 70 70 62C70 76 70 88 68 102Z"
    return Hair("", path(side, fill=hair) + g(path(side, fill=hair), transform="translate(200 0) scale(-1 1)"))


def bob(hair: str, shade: str) -> Hair:
    """Return hair to the chin with a fringe."""
    return Hair(
        path(
            "M58 128C50 70 60 34 100 33C140 34 150 70 142 128C138 134 126 134 122 128H78C74 134 62 134 58 128Z",
            fill=shade,
        ),
        path(
            "M62 118C54 66 66 34 100 34C134 34 146 66 138 118C134 120 131 118 130 112C132 94 130"
            " 78 126 70C110 76 90 76 74 70C70 78 68 94 70 112C69 118 66 120 62 118Z",
            fill=hair,
        ),
    )


def straight(hair: str, shade: str) -> Hair:
    """Return long hair with a parting in the middle."""
    return Hair(
        path(
            "M54 168C48 96 52 34 100 33C148 34 152 96 146 168C136 176 128 172 124 164H76C72 172 64 176 54 168Z",
            fill=shade,
        ),
        path(
            "M100 36C76 34 58 48 58 96C58 122 56 146 56 166C66 164 70 148 69 122C68 98 78 76 100"
            " 48C122 76 132 98 131 122C130 148 134 164 144 166C144 146 142 122 142 96C142 48 124"
            " 34 100 36Z",
            fill=hair,
        ),
    )


def waves(hair: str, shade: str) -> Hair:
    """Return long wavy hair, parted at the side."""
    return Hair(
        path(
            "M52 150C42 138 54 126 52 108C48 66 66 32 102 33C140 34 150 70 147 108C146 126 158"
            " 138 148 152C140 166 128 162 124 154H76C70 162 60 164 52 150Z",
            fill=shade,
        ),
        path(
            "M86 46C70 58 68 78 66 96C66 112 58 120 62 138C50 128 52 112 54 100C52 62 70 34 102"
            " 34C134 34 150 60 146 100C148 112 150 128 138 138C142 120 134 112 134 96C132 82 112"
            " 74 86 46Z",
            fill=hair,
        ),
    )


def bun(hair: str, shade: str) -> Hair:
    """Return hair drawn back into a bun."""
    return Hair(
        circle(100, 30, 17, fill=shade),
        path("M64 94C58 52 76 38 100 38C124 38 142 52 136 94C134 78 124 60 100 56C76 60 66 78 64 94Z", fill=hair)
        + path("M90 34C96 38 104 38 110 34", fill="none", stroke=hair, stroke_width=3, stroke_linecap="round"),
    )


def tail(hair: str, shade: str) -> Hair:
    """Return a ponytail over one shoulder, with a side fringe."""
    return Hair(
        path(
            "M126 54C158 58 156 104 148 130C146 148 150 160 142 172C132 160 128 138 134 118C136 96 130 76 122 66Z",
            fill=shade,
        ),
        path(
            "M63 96C55 48 78 36 102 36C126 37 142 54 136 96C135 82 130 72 122 64C104 70 86 66 78 60C74 72 68 80 63 96Z",
            fill=hair,
        ),
    )


def afro(hair: str, _shade: str) -> Hair:
    """Return a round crown of curls."""
    return Hair(
        circle(100, 68, 50, fill=hair) + ellipse(100, 92, 46, 30, fill=hair),
        path("M65 88C64 66 80 54 100 54C120 54 136 66 135 88C140 60 124 40 100 40C76 40 60 60 65 88Z", fill=hair),
    )


def scarf(cloth: str, shade: str) -> Hair:
    """Return a headscarf; `cloth` and `shade` are its colours."""
    return Hair(
        path("M54 176C48 90 52 32 100 31C148 32 152 90 146 176Z", fill=shade),
        path(
            "M100 31C58 31 54 74 56 108C58 136 70 150 60 178C86 190 114 190 140 178C130 150 142"
            " 136 144 108C146 74 142 31 100 31ZM100 54C124 54 132 72 132 94C132 118 118 134 100"
            " 134C82 134 68 118 68 94C68 72 76 54 100 54Z",
            fill=cloth,
            fill_rule="evenodd",
        )
        + path("M70 148C86 158 112 158 132 146", fill="none", stroke=shade, stroke_width=3.5, stroke_linecap="round"),
        covers=True,
    )


Cut = Callable[[str, str], Hair]

SHORT: tuple[Cut, ...] = (crop, parted, quiff, curls, buzz, crop, parted)
LONG: tuple[Cut, ...] = (bob, straight, waves, bun, tail, straight, bob)
EITHER: tuple[Cut, ...] = (crop, parted, curls, bob, straight, bun, tail, quiff, waves, afro)
