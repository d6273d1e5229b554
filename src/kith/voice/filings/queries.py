"""Reads of the chain."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kith.voice.filings.chain import breaks, digest_of
from kith.voice.filings.models import Filing
from kith.voice.filings.signing import is_signed

SHOWN = 20


@dataclass(frozen=True)
class Verdict:
    """What a receipt proves: its entry (None: it is not there), whether it holds, and whether we signed it."""

    digest: str
    entry: Filing | None
    holds: bool
    signed: bool | None

    @property
    def week(self) -> date | None:
        """The Monday of the week in which it was handed in."""
        return self.entry.week if self.entry is not None else None


def verdict(*, digest: str, signed_with: str = "") -> Verdict:
    """Return what is known of a receipt. It holds when its entry is unchanged and its neighbours still join it.

    A receipt names its entry by digest, or (one from the box of ideas without a name) by the hash of its content.
    """
    entry = Filing.objects.filter(Q(digest=digest) | Q(content=digest)).first()
    signed = is_signed(digest, signed_with) if signed_with else None
    if entry is None:
        return Verdict(digest=digest, entry=None, holds=False, signed=signed)
    near = {row.number: row for row in Filing.objects.filter(number__in=(entry.number - 1, entry.number + 1))}
    before, after = near.get(entry.number - 1), near.get(entry.number + 1)
    holds = (
        entry.digest == digest_of(prev=entry.prev, content=entry.content, week=entry.week)
        and (entry.number == 1 or (before is not None and before.digest == entry.prev))
        and (after is None or after.prev == entry.digest)
    )
    return Verdict(digest=digest, entry=entry, holds=holds, signed=signed)


def broken() -> list[str]:
    """Return a line for each place at which the whole chain does not hold."""
    return breaks(Filing.objects.order_by("number").iterator(chunk_size=2000))[:SHOWN]
