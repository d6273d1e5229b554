"""Counting tries within an hour, in the database: every process and every restart sees the same tallies."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db import connection
from django.db.models import F
from django.utils.translation import ngettext

from kith.access.throttle.models import Tally
from kith.kernel.refusals import Refusal

WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """How many tries an hour are answered; the next one is refused."""

    name: str
    an_hour: int


class TooMany(Refusal):
    """The limit is reached. `retry_after` is in seconds."""

    status = 429

    def __init__(self, sentence: str, *, retry_after: int) -> None:
        """Carry the sentence and the seconds to wait."""
        super().__init__(sentence)
        self.retry_after = retry_after


_COUNT = """
    INSERT INTO access_tally AS t (key, since, count) VALUES (%(key)s, %(at)s, 1)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN t.since <= %(over)s OR t.since > %(at)s THEN 1 ELSE least(t.count + 1, 1000000) END,
        since = CASE WHEN t.since <= %(over)s OR t.since > %(at)s THEN %(at)s ELSE t.since END
    RETURNING t.since, t.count
"""


def key_of(limit: Limit, parts: Sequence[object]) -> str:
    """Return the key of a tally: a SHA-256 of the limit's name and of whom it counts."""
    return hashlib.sha256("\0".join([limit.name, *map(str, parts)]).encode()).hexdigest()


def count(*, limit: Limit, parts: Sequence[object], at: datetime) -> None:
    """Count one try of `parts`; `TooMany` when the hour's tries are used up.

    The try is counted before it is made, so that simultaneous tries cannot slip past the limit. Call it
    outside of a transaction that a refusal would roll back.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key_of(limit, parts), "at": at, "over": at - WINDOW})
        since, counted = cursor.fetchone()
    if counted > limit.an_hour:
        wait = max(1, ceil((since + WINDOW - at).total_seconds()))
        minutes = ceil(wait / 60)
        sentence = ngettext(
            "Too many tries. Try again in %(minutes)s minute.",
            "Too many tries. Try again in %(minutes)s minutes.",
            minutes,
        ) % {"minutes": minutes}
        raise TooMany(sentence, retry_after=wait)


def give_back(*, limit: Limit, parts: Sequence[object]) -> None:
    """Take one counted try back: it was not a wrong one."""
    Tally.objects.filter(key=key_of(limit, parts), count__gt=0).update(count=F("count") - 1)


def clear(*, limit: Limit, parts: Sequence[object]) -> None:
    """Forget the tries of `parts`."""
    Tally.objects.filter(key=key_of(limit, parts)).delete()


def forget_old(*, at: datetime) -> int:
    """Remove tallies whose hour is long over; return how many."""
    return Tally.objects.filter(since__lt=at - 2 * WINDOW).delete()[0]
