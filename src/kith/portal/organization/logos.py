"""An uploaded picture made into a logo: drawn anew (`kernel.pictures`), small, as PNG. Pure."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kith.kernel import pictures
from kith.kernel.refusals import BadInput

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 512


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
    unknown = _("This is not a picture we can take: choose a PNG, JPEG, WebP or GIF.")
    picture = pictures.upright(data, field="logo", most_pixels=MOST_PIXELS, longest_side=LONGEST_SIDE, unknown=unknown)
    return MadeLogo(pictures.png(picture), picture.width, picture.height)
