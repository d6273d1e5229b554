"""How a muster link is written: the key of its row, signed. A made-up one costs no query."""

from django.conf import settings
from django.core import signing

from kith.notices.board.models import MusterLink

_SALT = "kith.notices.muster"


def address_of(link: MusterLink) -> str:
    """Return the full address of a muster link."""
    return f"{settings.KITH_URL}/muster/{signing.dumps(link.pk, salt=_SALT)}/"


def key_of(token: str) -> int | None:
    """Return the key of the row that a token names, None for one that was forged or cut."""
    try:
        key = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return key if isinstance(key, int) else None
