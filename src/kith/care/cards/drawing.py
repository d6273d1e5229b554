"""The pictures on a card: the house's drawn motifs, each as an SVG text."""

from functools import lru_cache

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from kith.kernel.drawings.motifs import Motif, motif
from kith.kernel.drawings.svg import document, g, rect

MAIN, ACCENT, GROUND = "#1F6B57", "#C98A1B", "#F6F2EA"
WIDE, HIGH = 160, 90
NAMES: dict[str, StrOrPromise] = {
    Motif.LOTUS: gettext_lazy("Lotus"), Motif.SUN: gettext_lazy("Sunrise"), Motif.HEART: gettext_lazy("Heart"),
    Motif.STAR: gettext_lazy("Star"), Motif.LEAF: gettext_lazy("Leaf"), Motif.WAVE: gettext_lazy("Wave"),
}  # fmt: skip


@lru_cache(maxsize=64)
def drawn(name: str, title: str) -> str:
    """Return a motif on its own ground as a picture of 160 by 90, read out as `title`."""
    ground = rect(0, 0, WIDE, HIGH, fill=GROUND, rx=6)
    drawing = motif(Motif(name), main=MAIN, accent=ACCENT, ground=GROUND)
    picture = g(drawing, transform=f"translate({WIDE // 2} {HIGH // 2}) scale(.72)")
    return document(ground, picture, width=WIDE, height=HIGH, title=title, id_=f"motif-{name}")
