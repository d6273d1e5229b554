"""The signed return path: `bounces+<mail>-<signature>@…`, so that what comes back names its mail even without it."""

import hashlib
import hmac
import re
from uuid import UUID

from django.conf import settings

_LOCAL = re.compile(r"\+([0-9a-f]{32})-([0-9a-f]{16})@", re.IGNORECASE)


def _signature(key: str) -> str:
    signed = hmac.new(settings.SECRET_KEY.encode(), f"kith.messaging.bounces:{key}".encode(), hashlib.sha256)
    return signed.hexdigest()[:16]


def return_path(public_id: UUID) -> str:
    """Return the address to which a mail comes back, "" where the organization has set none."""
    local, at, domain = settings.KITH_BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{public_id.hex}-{_signature(public_id.hex)}@{domain}" if at else ""


def mail_in(addresses: tuple[str, ...]) -> UUID | None:
    """Return the mail that one of the addresses is the signed return path of; None for a forged one."""
    for address in addresses:
        found = _LOCAL.search(address)
        if found and hmac.compare_digest(_signature(found[1].lower()), found[2].lower()):
            return UUID(found[1])
    return None
