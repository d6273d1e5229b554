"""The token of the set-up address: made of the installation's secret and the row's nonce, kept nowhere."""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "kith.portal.welcome"
_LENGTH = 40


def token_of(nonce: str) -> str:
    """Return the token for a nonce: 160 bits as hexadecimal digits."""
    return salted_hmac(_SALT, nonce, algorithm="sha256").hexdigest()[:_LENGTH]


def is_token(token: str, nonce: str) -> bool:
    """Say whether `token` is the one for `nonce`, in the same time for every wrong one."""
    return constant_time_compare(token.encode(), token_of(nonce).encode())


def address_of(nonce: str) -> str:
    """Return the full set-up address; the one address of the settings, never a request's host."""
    return f"{settings.KITH_URL}/welcome/begin/{token_of(nonce)}/"
