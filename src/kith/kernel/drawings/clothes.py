"""Clothes for drawn people: shoulders, collar, and a name tag where work wears one."""

from collections.abc import Callable

from kith.kernel.drawings.lettering import fit, lettered
from kith.kernel.drawings.svg import g, path, rect

_SHOULDERS = "M24 204C24 166 52 158 80 150C86 160 114 160 120 150C148 158 176 166 176 204Z"


def crew(cloth: str, trim: str, _skin: str) -> str:
    """Return a plain round collar."""
    return path(_SHOULDERS, fill=cloth) + path(
        "M80 150C86 160 114 160 120 150", fill="none", stroke=trim, stroke_width=5, stroke_linecap="round"
    )


def v_neck(cloth: str, trim: str, skin: str) -> str:
    """Return a pullover with a pointed neck."""
    return (
        path(_SHOULDERS, fill=cloth)
        + path("M79 150L100 180L121 150C114 158 86 158 79 150Z", fill=skin)
        + path("M79 150L100 180L121 150", fill="none", stroke=trim, stroke_width=5, stroke_linejoin="round",
               stroke_linecap="round")
    )  # fmt: skip


def collar(cloth: str, trim: str, skin: str) -> str:
    """Return a shirt with an open collar."""
    flap = "M80 147L70 158L88 178L100 164Z"
    return (
        path(_SHOULDERS, fill=cloth)
        + path("M82 150L100 166L118 150C112 156 88 156 82 150Z", fill=skin)
        + path("M100 166V204", stroke=trim, stroke_width=2.5)
        + g(path(flap, fill=trim), g(path(flap, fill=trim), transform="translate(200 0) scale(-1 1)"))
    )


def mandarin(cloth: str, trim: str, _skin: str) -> str:
    """Return a standing collar closed at the side."""
    return (
        path(_SHOULDERS, fill=cloth)
        + path("M80 142C88 152 112 152 120 142L122 156C114 166 86 166 78 156Z", fill=cloth)
        + path("M80 142C88 152 112 152 120 142M100 162C116 168 132 178 138 204", fill="none", stroke=trim,
               stroke_width=3, stroke_linecap="round")
    )  # fmt: skip


def blazer(cloth: str, trim: str, skin: str) -> str:
    """Return a jacket over a light shirt."""
    lapel = "M80 148L62 160L74 172L68 178L98 204H100Z"
    return (
        path(_SHOULDERS, fill=cloth)
        + path("M80 148L100 204L120 148C112 158 88 158 80 148Z", fill="#FBF8F3")
        + path("M84 152L100 168L116 152C110 157 90 157 84 152Z", fill=skin)
        + g(path(lapel, fill=trim), g(path(lapel, fill=trim), transform="translate(200 0) scale(-1 1)"))
    )


def hoodie(cloth: str, trim: str, _skin: str) -> str:
    """Return a hooded pullover."""
    return (
        path("M66 152C66 128 134 128 134 152L126 170H74Z", fill=trim)
        + path(_SHOULDERS, fill=cloth)
        + path("M76 150C76 172 124 172 124 150L132 154C132 186 68 186 68 154Z", fill=trim)
        + path("M88 174V192M112 174V192", stroke="#FBF8F3", stroke_width=3, stroke_linecap="round")
    )


def vest(cloth: str, _trim: str, _skin: str) -> str:
    """Return a work shirt under a vest with bright stripes."""
    half = "M66 154C44 160 26 172 24 204H92V176L78 151Z"
    stripe = "M26 185H92V195H24Z"
    side = path(half, fill="#E8893B") + path(stripe, fill="#F6E8B8") + path("M60 157L70 153L76 184H66Z", fill="#F6E8B8")
    return path(_SHOULDERS, fill=cloth) + side + g(side, transform="translate(200 0) scale(-1 1)")


def apron(cloth: str, trim: str, _skin: str) -> str:
    """Return a shirt under an apron."""
    return (
        path(_SHOULDERS, fill=cloth)
        + path("M70 153L74 178M130 153L126 178", stroke=trim, stroke_width=7)
        + path("M68 176H132L138 204H62Z", fill=trim)
    )


def tagged(initials: str) -> str:
    """Return a name tag with initials, worn on the chest."""
    fitted = fit(initials[:3], room=19, height=12, largest=10, smallest=5, most=1)
    return rect(118, 176, 24, 15, rx=3, fill="#FFFFFF") + lettered(fitted, x=130, middle=183.5, fill="#20242E")


Dress = Callable[[str, str, str], str]

WORK: tuple[Dress, ...] = (vest, apron, collar)
EVERYDAY: tuple[Dress, ...] = (crew, v_neck, collar, mandarin, blazer, hoodie, crew, blazer)
