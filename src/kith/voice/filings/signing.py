"""Our signature of a filing receipt: it shows that a receipt came from here, even if its entry were gone."""

import hmac

from django.conf import settings


def signature(digest: str, *, key: str = "") -> str:
    """Return our signature of a digest (HMAC-SHA256): whoever holds it can show that the receipt came from here."""
    secret = f"voice.filing:{key or settings.SECRET_KEY}"
    return hmac.new(secret.encode(), digest.encode(), "sha256").hexdigest()


def is_signed(digest: str, given: str) -> bool:
    """Say whether a signature is ours, by the key of today or one before."""
    keys = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    return any(hmac.compare_digest(signature(digest, key=key), given) for key in keys)
