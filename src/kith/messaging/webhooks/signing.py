"""Signatures after the Standard Webhooks specification (https://www.standardwebhooks.com): pure.

Signed is `<id>.<timestamp>.<body>` with HMAC-SHA256; the header holds one `v1,<base64>` for each secret in force.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

PREFIX = "whsec_"
BYTES = 32


def new_secret() -> str:
    """Return a random secret, written `whsec_<base64 of 32 bytes>`."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signed(*, secrets_in_force: Sequence[str], message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the three headers for a body, signed with every secret in force."""
    timestamp = str(int(at.timestamp()))
    content = f"{message_id}.{timestamp}.".encode() + body
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{_digest(secret, content)}" for secret in secrets_in_force),
    }


def _digest(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
