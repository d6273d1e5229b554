"""What may be attached, pure: pictures are drawn anew (`pictures`), PDFs are checked and kept."""

import hashlib
import re
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from kith.kernel import pictures
from kith.kernel.refusals import BadInput

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2048
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
    unknown = _("Attach a picture (PNG, JPEG, WebP, GIF) or a PDF.")
    picture = pictures.upright(data, field="file", most_pixels=MOST_PIXELS, longest_side=LONGEST_SIDE, unknown=unknown)
    return pictures.jpeg(picture)
