"""Packshots: a drawn picture of a product, the same for the same seed, for shops without photographs."""

from collections.abc import Callable
from enum import StrEnum

from kith.kernel.drawings import merchandise, packs, vessels
from kith.kernel.drawings.motifs import Motif
from kith.kernel.drawings.palettes import Palette
from kith.kernel.drawings.stage import SIZE, Stage
from kith.kernel.drawings.svg import Dice, document


class Shape(StrEnum):
    """What is drawn."""

    BOTTLE = "bottle"
    PET = "pet"
    CAN = "can"
    CARTON = "carton"
    JAR = "jar"
    TIN = "tin"
    KEG = "keg"
    CUP = "cup"
    BOX = "box"
    POUCH = "pouch"
    CRATE = "crate"
    GIFT = "gift"
    MUG = "mug"
    SHIRT = "shirt"
    BAG = "bag"
    BOOK = "book"
    PLANT = "plant"
    HEADPHONES = "headphones"


_DRAWN: dict[Shape, Callable[[Stage], str]] = {
    Shape.BOTTLE: vessels.bottle,
    Shape.PET: vessels.pet,
    Shape.CAN: vessels.can,
    Shape.CARTON: packs.carton,
    Shape.JAR: vessels.jar,
    Shape.TIN: vessels.tin,
    Shape.KEG: vessels.keg,
    Shape.CUP: vessels.cup,
    Shape.BOX: packs.box,
    Shape.POUCH: packs.pouch,
    Shape.CRATE: packs.crate,
    Shape.GIFT: packs.gift,
    Shape.MUG: merchandise.mug,
    Shape.SHIRT: merchandise.shirt,
    Shape.BAG: packs.bag,
    Shape.BOOK: merchandise.book,
    Shape.PLANT: merchandise.plant,
    Shape.HEADPHONES: merchandise.headphones,
}


def packshot(*, seed: str, shape: Shape, palette: Palette, label: str, motif: Motif | None = None) -> str:
    """Return the picture as a self-contained SVG of 400 × 400 units, titled with `label`.

    It holds presentation attributes only: no script, no style, no reference beyond itself, so a strict
    content security policy lets it stand in a page or be served as a file. Without a `motif` the seed picks one.
    """
    ornament = motif or Dice(seed).pick("motif", tuple(Motif))
    stage = Stage(seed=f"{seed}/{shape}", palette=palette, label=label, ornament=ornament)
    drawn = _DRAWN[shape](stage)
    return document(stage.defs(), stage.wall(), drawn, width=SIZE, height=SIZE, title=label, id_=stage.uid)
