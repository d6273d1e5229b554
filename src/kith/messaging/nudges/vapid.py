"""Who we are to push services (RFC 8292): one key pair of the organization, made of its secret key."""

import base64
import json
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

LIVES = timedelta(hours=12)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of P-256 (SEC 2, section 2.4.2)."""


def b64(value: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """Return what base64url with or without padding stands for; `ValueError` for anything else."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _key() -> ec.EllipticCurvePrivateKey:
    """Return our key: made of the organization's secret key, so every host and every restored copy has the same one."""
    return _made(settings.SECRET_KEY)


@lru_cache(maxsize=4)
def _made(secret: str) -> ec.EllipticCurvePrivateKey:
    derived = HKDF(algorithm=hashes.SHA256(), length=48, salt=None, info=b"kith.messaging.vapid").derive(
        secret.encode()
    )
    return ec.derive_private_key(int.from_bytes(derived, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def raw_public(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key as an uncompressed point, 65 bytes."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def public_key() -> str:
    """Return our public key as browsers ask for it (`applicationServerKey`)."""
    return b64(raw_public(_key().public_key()))


def authorization(endpoint: str, *, at: datetime) -> str:
    """Return the `Authorization` header for one push service: a token of twelve hours that only it can use."""
    parts = urlsplit(endpoint)
    host = urlsplit(settings.KITH_URL)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((at + LIVES).timestamp()),
        "sub": settings.KITH_URL if host.scheme == "https" else f"mailto:no-reply@{host.hostname}",
    }
    head = {"typ": "JWT", "alg": "ES256"}
    signed = ".".join(b64(json.dumps(each, separators=(",", ":")).encode()) for each in (head, claims))
    r, s = decode_dss_signature(_key().sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    token = f"{signed}.{b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    return f"vapid t={token}, k={public_key()}"
