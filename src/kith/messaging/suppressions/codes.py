"""Enhanced status codes (RFC 3463): which ones mean that an address will never take mail."""

import re

_HARD = re.compile(r"^5\.(1\.([0-46]|10)|2\.1|4\.4|7\.13)$")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


def is_hard(status: str) -> bool:
    """Say whether an enhanced status code means that the address will never take mail."""
    return bool(_HARD.match(status))


def status_in(words: str) -> str:
    """Return the first enhanced status code in a server's answer, "" where there is none."""
    found = _STATUS.search(words)
    return found[1] if found else ""
