"""How a one-time token is written: 24 random bytes and a signature, so that made-up ones cost no query."""

import hashlib
import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "kith.access.tokens"
_SIGNATURE_LENGTH = 22


def new_token() -> str:
    """Return a new token."""
    body = secrets.token_urlsafe(24)
    return f"{body}~{_signature(body)}"


def is_ours(token: str) -> bool:
    """Say whether this house signed `token`."""
    body, _, signature = token.partition("~")
    return bool(body) and constant_time_compare(signature.encode(), _signature(body).encode())


def digest_of(token: str) -> str:
    """Return the SHA-256 under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_to(token: str) -> str:
    """Return the full address of a token's page; the one address of the settings, never a request's host."""
    return f"{settings.KITH_URL}/t/{token}/"


def _signature(body: str) -> str:
    return salted_hmac(_SALT, body, algorithm="sha256").hexdigest()[:_SIGNATURE_LENGTH]
