"""What may be attached, pure: pictures are decoded with limits and drawn anew, PDFs are checked and kept.

Nothing of an uploaded picture itself is kept: no metadata, no trailing bytes, no second frame, no script. SVG is not
taken at all.
"""

import hashlib
import io
import re
import warnings
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from kith.kernel.refusals import BadInput

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2048
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_ODD = re.compile(r"[^\w .()-]+")


class FileKind(TextChoices):
    """What may be attached."""

    PICTURE = "picture"
    PDF = "pdf"


@dataclass(frozen=True)
class Made:
    """A file ready to be kept: what it is, a name without surprises, and its bytes."""

    kind: FileKind
    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def make(data: bytes, *, name: str) -> Made:
    """Return the file to keep of an upload; `BadInput` says what is wrong with it."""
    if not data:
        raise BadInput(_("The file is empty."), field="file")
    if len(data) > MOST_BYTES:
        raise BadInput(_("The file is larger than 10 MB: choose a smaller one."), field="file")
    if data.startswith(b"%PDF-"):
        return Made(FileKind.PDF, f"{_stem(name)}.pdf", _whole_pdf(data))
    return Made(FileKind.PICTURE, f"{_stem(name)}.jpg", _redrawn(data))


def _stem(name: str) -> str:
    stem = _ODD.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip(" .")
    return stem[:80] or "file"


def _whole_pdf(data: bytes) -> bytes:
    if b"%%EOF" not in data[-2048:]:
        raise BadInput(_("The PDF is damaged: save it anew and choose it again."), field="file")
    return data


def _redrawn(data: bytes) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                return _as_jpeg(opened)
    except UnidentifiedImageError:
        raise BadInput(_("Attach a picture (PNG, JPEG, WebP, GIF) or a PDF."), field="file") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, OverflowError):
        raise BadInput(_("The picture is damaged: save it anew and choose it again."), field="file") from None


def _too_many_pixels() -> BadInput:
    return BadInput(_("The picture has more than 40 million pixels: make it smaller first."), field="file")


def _as_jpeg(opened: Image.Image) -> bytes:
    if opened.width * opened.height > MOST_PIXELS:
        raise _too_many_pixels()
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(opened).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    drawn = Image.new("RGB", upright.size, (255, 255, 255))
    drawn.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
