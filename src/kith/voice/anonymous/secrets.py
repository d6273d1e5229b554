"""Receipts of the anonymous route: 100 bits to write down, kept only as a slow hash that finds its row.

The hash is Argon2id with one salt for the whole installation, so that a receipt alone finds its idea; with 100 random
bits a salt of its own would add nothing (nobody can make a table of them).
"""

import hashlib
import secrets
from collections.abc import Iterator

from argon2.low_level import Type, hash_secret_raw
from django.conf import settings

from kith.access.logins.hashing import Argon2, a_turn

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O and U, which are read as other letters."""
LENGTH = 20
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_receipt() -> str:
    """Return a random receipt of 100 bits, in groups of four to be written down."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


def cleaned(typed: str) -> str:
    """Return the twenty letters of what somebody typed, "" where it cannot be a receipt."""
    letters = "".join(character for character in typed[:200].upper() if character.isalnum()).translate(_READ_AS)
    return letters if len(letters) == LENGTH and all(letter in ALPHABET for letter in letters) else ""


def _hash(letters: str, key: str) -> str:
    salt = hashlib.sha256(f"voice.anonymous:{key}".encode()).digest()
    with a_turn():
        return hash_secret_raw(
            letters.encode(), salt, time_cost=Argon2.time_cost, memory_cost=Argon2.memory_cost,
            parallelism=Argon2.parallelism, hash_len=32, type=Type.ID,
        ).hex()  # fmt: skip


def kept_as(receipt: str) -> str:
    """Return what is kept of a new receipt: 64 hexadecimal digits."""
    return _hash(cleaned(receipt), str(settings.SECRET_KEY))


def candidates(typed: str) -> Iterator[str]:
    """Yield what could be kept of a receipt that somebody typed, by the key of today first; nothing for no receipt."""
    letters = cleaned(typed)
    for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS] if letters else ():
        yield _hash(letters, str(key))
