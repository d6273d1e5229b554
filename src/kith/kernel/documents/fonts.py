"""The fonts that travel with the documents; the machine's own fonts are never used."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).with_name("fonts")
LATIN = "Be Vietnam Pro"
HAN = "Noto Sans SC"


class FontsMissingError(RuntimeError):
    """The fonts have not been fetched yet; the sentence says how to get them."""


@lru_cache(maxsize=4)
def _load(folder: Path) -> "typst.Fonts":
    import typst  # noqa: PLC0415  (an idle process does without its megabytes)

    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    if lacking := {LATIN, HAN}.difference(found.families()):
        message = (
            f"No PDF can be made: the font {' and '.join(sorted(lacking))} is not in {folder.name}/. "
            "Build the front end once, it fetches the fonts."
        )
        raise FontsMissingError(message)
    return found


def fonts() -> "typst.Fonts":
    """Return the fonts of `FOLDER`, read once; every further TTF put there is used for what these two lack.

    `FontsMissingError` where one of the two families is absent (and asked again at the next call).
    """
    return _load(FOLDER)
