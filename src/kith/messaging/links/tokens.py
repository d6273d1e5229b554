"""Signed links to one delivery: no row per recipient, valid for sixty days, for one purpose each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from kith.kernel.refusals import NotFound

_SALT = "kith.messaging.links"
LIVES = timedelta(days=60)
ACKNOWLEDGE, UNSUBSCRIBE = "a", "u"


@dataclass(frozen=True)
class DeliveryLink:
    """What a link stands for: a purpose, a delivery and its person, and the text (its hash) that was mailed."""

    purpose: str
    delivery_id: int
    person_id: int
    sha256: str


def link_for(link: DeliveryLink, *, at: datetime) -> str:
    """Return the address of a link."""
    parts = [link.purpose, link.delivery_id, link.person_id, link.sha256, int((at + LIVES).timestamp())]
    return f"{settings.KITH_URL}/m/{signing.dumps(parts, salt=_SALT)}/"


def read(token: str, *, at: datetime) -> DeliveryLink:
    """Return what a token stands for; `NotFound` for one that was forged, cut or is over."""
    try:
        purpose, delivery_id, person_id, sha256, until = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound(_("This link does not work any more.")) from error
    if at.timestamp() > until:
        raise NotFound(_("This link does not work any more."))
    return DeliveryLink(purpose, delivery_id, person_id, sha256)
