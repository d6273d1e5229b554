"""Pictures that strangers upload: decoded with limits and drawn anew, so nothing of the upload itself is kept. Pure.

No metadata, no trailing bytes, no second frame, no script; SVG is not taken at all.
"""

import io
import warnings
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def upright(data: bytes, *, field: str, most_pixels: int, longest_side: int, unknown: str) -> "Image.Image":
    """Return an upload the right way up, in RGBA, at most `longest_side` wide and high.

    `BadInput` on `field` says what is wrong with any other; `unknown` is the sentence for what is no such picture.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  (an idle process does without its megabytes)

    millions = most_pixels // 1_000_000
    too_many = BadInput(
        _("The picture has more than %d million pixels: make it smaller first.") % millions, field=field
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > most_pixels:
                    raise too_many
                opened.draft("RGB", (longest_side, longest_side))
                drawn = ImageOps.exif_transpose(opened).convert("RGBA")
    except UnidentifiedImageError:
        raise BadInput(unknown, field=field) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_many from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, OverflowError):
        raise BadInput(_("The picture is damaged: save it anew and choose it again."), field=field) from None
    drawn.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    return drawn


def png(picture: "Image.Image") -> bytes:
    """Return a picture as PNG, drawn anew."""
    return _drawn(picture, ground=None)


def jpeg(picture: "Image.Image") -> bytes:
    """Return a picture as JPEG, drawn anew on white."""
    return _drawn(picture, ground=(255, 255, 255))


def _drawn(picture: "Image.Image", *, ground: tuple[int, int, int] | None) -> bytes:
    from PIL import Image  # noqa: PLC0415  (see above)

    out = io.BytesIO()
    if ground is None:
        drawn = Image.new("RGBA", picture.size)
        drawn.paste(picture)
        drawn.save(out, "PNG", optimize=True)
    else:
        drawn = Image.new("RGB", picture.size, ground)
        drawn.paste(picture, mask=picture.getchannel("A"))
        drawn.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
