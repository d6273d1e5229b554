"""Reads of bearer tokens: one query finds token, login, person and roles, and counts."""

import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from django.db import connection
from django.db.models import QuerySet

from kith.access import standing
from kith.access.apitokens.models import ApiToken
from kith.access.endpoints.limits import WINDOW, Rate
from kith.access.standing import Standing


@dataclass(frozen=True, slots=True)
class Bearer:
    """For whom a token speaks, within which scopes, and how often it was used in this minute."""

    standing: Standing
    scopes: frozenset[str]
    rate: Rate


def digest_of(token: str) -> str:
    """Return the SHA-256 under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


_COUNTED = """
    WITH token AS (
        SELECT * FROM access_apitoken
        WHERE digest = %(digest)s AND revoked_at IS NULL AND expires_at > %(at)s
    ), counted AS (
        INSERT INTO access_tally AS t (key, since, count)
        SELECT 'api:' || token.id, %(real)s, 1 FROM token, set_config('synchronous_commit', 'off', true)
        ON CONFLICT (key) DO UPDATE SET
            count = CASE WHEN t.since <= %(over)s OR t.since > %(real)s THEN 1 ELSE least(t.count + 1, 1000000) END,
            since = CASE WHEN t.since <= %(over)s OR t.since > %(real)s THEN %(real)s ELSE t.since END
        RETURNING since, count
    )
"""
"""Finds the token and counts this use of it at once; a count that a crash loses is no harm, so nobody waits for it."""


@cache
def _statement() -> str:
    return (
        _COUNTED + "SELECT " + standing.columns() + ", a.scopes, a.epoch, a.employed, c.since, c.count"  # noqa: S608  (column names only)
        " FROM token a CROSS JOIN counted c JOIN people_person p ON p.id = a.person_id"
        " LEFT JOIN access_login l ON l.person_id = p.id WHERE p.deactivated_at IS NULL"
    )


def bearer_of(*, token: str, at: datetime) -> Bearer | None:
    """Return for whom `token` speaks and count its use; None: unknown, revoked, expired or ended with the sessions.

    Uses are counted by the machine's own time: the limit spares this machine, whatever the process clock shows.
    """
    real = datetime.fromtimestamp(time.time(), UTC)
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"digest": digest_of(token), "at": at, "real": real, "over": real - WINDOW})
        row = cursor.fetchone()
    who = standing.read(row) if row else None
    if row is None or who is None:
        return None
    scopes, epoch, employed, since, made = row[standing.width() :]
    if who.login is not None and (not who.login.active or who.login.epoch != epoch):
        return None
    if employed and not who.employed(at=at):
        return None
    return Bearer(standing=who, scopes=frozenset(scopes), rate=Rate(since=since, made=made, at=real))


def tokens_of(*, person_id: int) -> QuerySet[ApiToken]:
    """Return a person's tokens that were not revoked, newest first."""
    return ApiToken.objects.filter(person_id=person_id, revoked_at=None).order_by("-created_at", "-id")


def in_use(*, at: datetime) -> QuerySet[ApiToken]:
    """Return every token that was neither revoked nor has expired, with its person, newest first."""
    found = ApiToken.objects.filter(revoked_at=None, expires_at__gt=at).select_related("person")
    return found.order_by("-created_at", "-id")
