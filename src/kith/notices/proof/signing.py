"""Our signature under a proof: HMAC-SHA256 with the installation's key, over every byte before it.

A proof is JSON Lines: a head, one line a recipient, and the signature as the last line.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

FORMAT = "kith-notice-proof-1"
MOST_BYTES = 512 * 1024 * 1024


def _keys() -> list[str]:
    return [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]


def signature(digest: str, *, key: str = "") -> str:
    """Return our signature of a SHA-256 in hex."""
    secret = f"notices.proof:{key or _keys()[0]}".encode()
    return hmac.new(secret, digest.encode(), "sha256").hexdigest()


def line(value: dict[str, Any]) -> bytes:
    """Return one line of a proof."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def signed(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines, then the one that signs them all; memory flat."""
    running = hashlib.sha256()
    for each in lines:
        running.update(each)
        yield each
    digest = running.hexdigest()
    yield line({"sha256": digest, "signature": signature(digest), "algorithm": "HMAC-SHA256"})


@dataclass(frozen=True)
class Verdict:
    """Whether a proof is ours and whole, in one sentence; `head` is what it says of itself, None where it is none."""

    is_ours: bool
    sentence: str
    head: dict[str, Any] | None = None
    recipients: int = 0


def verify(lines: Iterable[bytes]) -> Verdict:
    """Say whether lines (each with its end) are a proof that this installation signed, to the last byte."""
    running, head, last, number = hashlib.sha256(), None, b"", 0
    for each in lines:
        if last:
            running.update(last)
            head = head if number else _loaded(last)
            number += 1
        last = each
    if head is None or head.get("format") != FORMAT:
        return Verdict(is_ours=False, sentence=_("This is no proof of a notice."))
    said = _loaded(last) or {}
    given, digest = str(said.get("signature", "")), running.hexdigest()
    if not given or last != line({"sha256": digest, "signature": given, "algorithm": "HMAC-SHA256"}):
        return Verdict(False, _("This proof was changed: it is not what was signed."), head, number - 1)
    if not any(hmac.compare_digest(signature(digest, key=key), given) for key in _keys()):
        return Verdict(False, _("This proof was not signed by this installation."), head, number - 1)
    sentence = _("This proof is whole: it is byte for byte what this installation signed.")
    return Verdict(is_ours=True, sentence=sentence, head=head, recipients=number - 1)


def _loaded(raw: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(raw)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
