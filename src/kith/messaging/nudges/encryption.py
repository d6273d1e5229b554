"""Message encryption for web push (RFC 8291, `aes128gcm` of RFC 8188): only the browser can read a push."""

import os

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kith.messaging.nudges.vapid import raw_public, unb64

MOST = 3900
"""Bytes a push may hold; push services take 4096 of the encrypted record."""
_SIZE = 4096


def _hkdf(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def check_keys(*, p256dh: str, auth: str) -> None:
    """Raise `ValueError` unless these are the keys of a browser: a point of P-256 and 16 bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(p256dh))
        if len(unb64(auth)) != 16:  # noqa: PLR2004  (RFC 8291 section 3.2)
            raise ValueError("The secret has 16 bytes.")
    except InvalidKey as error:
        raise ValueError(str(error)) from error


def encrypt(
    plain: bytes,
    *,
    p256dh: str,
    auth: str,
    salt: bytes | None = None,
    ours: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """Return the body of a push; salt and key pair are new for each (tests bring those of RFC 8291 section 5)."""
    if len(plain) > MOST:
        raise ValueError("A push holds at most 3,900 bytes.")
    salt = salt or os.urandom(16)
    ours = ours or ec.generate_private_key(ec.SECP256R1())
    theirs = unb64(p256dh)
    public = raw_public(ours.public_key())
    shared = ours.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    secret = _hkdf(shared, salt=unb64(auth), info=b"WebPush: info\0" + theirs + public, length=32)
    key = _hkdf(secret, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _hkdf(secret, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    head = salt + _SIZE.to_bytes(4, "big") + bytes([len(public)]) + public
    return head + AESGCM(key).encrypt(nonce, plain + b"\x02", None)
