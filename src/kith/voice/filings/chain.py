"""The chain of filings, pure: how an entry is hashed, when it begins, and whether a row of entries holds together."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Protocol

BEGIN = "0" * 64
"""What stands before the first entry."""


class Entry(Protocol):
    """What verifying needs of an entry."""

    @property
    def number(self) -> int:
        """Its place, from 1."""
        ...

    @property
    def prev(self) -> str:
        """The digest of the entry before."""
        ...

    @property
    def content(self) -> str:
        """The hash of what was handed in."""
        ...

    @property
    def week(self) -> date:
        """The Monday of its week."""
        ...

    @property
    def digest(self) -> str:
        """The hash of all three."""
        ...


def week_of(at: datetime) -> date:
    """Return the Monday (UTC) of the week of an instant."""
    day = at.date()
    return day - timedelta(days=day.weekday())


def content_hash(*, nonce: str, title: str, text: str) -> str:
    """Return SHA-256 of what was handed in; the nonce keeps anybody from guessing words by their hash."""
    parts = (nonce, title, text)
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def digest_of(*, prev: str, content: str, week: date) -> str:
    """Return SHA-256 of the entry before (64 hexadecimal digits), the content's hash and the week as `2026-11-23`."""
    return hashlib.sha256(f"{prev}{content}{week.isoformat()}".encode()).hexdigest()


def breaks(entries: Iterable[Entry]) -> list[str]:
    """Return a line for each place at which a row of entries, in their order from the first, does not hold."""
    found, before, number = [], BEGIN, 0
    for entry in entries:
        number += 1
        if entry.number != number:
            found.append(f"Filing {entry.number} stands where {number} should.")
            number = entry.number
        if entry.prev != before:
            found.append(f"Filing {entry.number} does not follow the one before it.")
        if entry.digest != digest_of(prev=entry.prev, content=entry.content, week=entry.week):
            found.append(f"Filing {entry.number} was changed.")
        before = entry.digest
    return found
