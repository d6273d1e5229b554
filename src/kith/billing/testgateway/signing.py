"""Signatures of webhooks after the Standard Webhooks specification (https://www.standardwebhooks.com): pure.

Signed is `<id>.<timestamp>.<body>` with HMAC-SHA256; the header holds one or more `v1,<base64>` by spaces.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

MAX_AGE = timedelta(seconds=300)
PREFIX = "whsec_"


class BadSignatureError(Exception):
    """The request does not come from the gateway, or is too old; the message says which part is wrong."""


def secret_bytes(secret: str) -> bytes:
    """Return the key of a secret written `whsec_<base64>`; `ValueError` when it is not written so."""
    if not secret.startswith(PREFIX):
        message = "A webhook secret is written whsec_<base64>."
        raise ValueError(message)
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        message = "A webhook secret is written whsec_<base64>."
        raise ValueError(message) from error


def sign(*, secret: str, event_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the three headers for a body."""
    timestamp = str(int(at.timestamp()))
    return {
        "webhook-id": event_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{_digest(secret, event_id, timestamp, body)}",
    }


def _digest(secret: str, event_id: str, timestamp: str, body: bytes) -> str:
    signed = f"{event_id}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.new(secret_bytes(secret), signed, hashlib.sha256).digest()).decode()


def verify(*, secret: str, headers: Mapping[str, str], body: bytes, at: datetime) -> str:
    """Return the event's id when a signature is right (compared in constant time) and at most 300 s from `at`."""
    event_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    signatures = headers.get("webhook-signature", "")
    if not (0 < len(event_id) <= 255 and signatures):  # noqa: PLR2004  (the column's length)
        raise BadSignatureError("not signed")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):  # noqa: PLR2004  (seconds till 33658)
        raise BadSignatureError("no timestamp")
    sent = datetime.fromtimestamp(int(timestamp), tz=UTC)
    if abs(at - sent) > MAX_AGE:
        raise BadSignatureError("too old")
    expected = f"v1,{_digest(secret, event_id, timestamp, body)}".encode()
    right = [hmac.compare_digest(expected, given.encode()) for given in signatures.split(" ")[:10]]
    if not any(right):
        raise BadSignatureError("wrong signature")
    return event_id
