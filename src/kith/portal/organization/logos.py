"""An uploaded picture made into a logo: decoded with limits, made small, written anew as PNG. Pure.

Nothing of the upload itself is kept: no metadata, no trailing bytes, no second frame, no script.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from kith.kernel.refusals import BadInput

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 512
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


@dataclass(frozen=True)
class MadeLogo:
    """A logo ready to be kept."""

    png: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The digest of the PNG."""
        return hashlib.sha256(self.png).hexdigest()


def make_logo(data: bytes) -> MadeLogo:
    """Return the logo of an uploaded PNG, JPEG, WebP or GIF; `BadInput` says what is wrong with any other."""
    if len(data) > MOST_BYTES:
        raise BadInput(_("The picture is larger than 2 MB: choose a smaller one."), field="logo")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                return _redrawn(opened)
    except UnidentifiedImageError:
        raise BadInput(_("This is not a picture we can take: choose a PNG, JPEG, WebP or GIF."), field="logo") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, OverflowError):
        raise BadInput(_("The picture is damaged: save it anew and choose it again."), field="logo") from None


def _too_many_pixels() -> BadInput:
    return BadInput(_("The picture has more than 25 million pixels: make it smaller first."), field="logo")


def _redrawn(opened: Image.Image) -> MadeLogo:
    if opened.width * opened.height > MOST_PIXELS:
        raise _too_many_pixels()
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(opened).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    drawn = Image.new("RGBA", upright.size)
    drawn.paste(upright)
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return MadeLogo(out.getvalue(), drawn.width, drawn.height)
