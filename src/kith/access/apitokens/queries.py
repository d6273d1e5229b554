"""Reads of bearer tokens: one query finds token, login, person and roles."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db import connection
from django.db.models import QuerySet

from kith.access import standing
from kith.access.apitokens.models import ApiToken
from kith.access.standing import Standing


@dataclass(frozen=True, slots=True)
class Bearer:
    """For whom a token speaks, and within which scopes."""

    standing: Standing
    scopes: frozenset[str]


def digest_of(token: str) -> str:
    """Return the SHA-256 under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _statement() -> str:
    return (
        "SELECT " + standing.columns() + ", a.scopes, a.epoch, a.employed FROM access_apitoken a"  # noqa: S608  (column names only)
        " JOIN people_person p ON p.id = a.person_id LEFT JOIN access_login l ON l.person_id = p.id"
        " WHERE a.digest = %(digest)s AND a.revoked_at IS NULL AND a.expires_at > %(at)s AND p.deactivated_at IS NULL"
    )


def bearer_of(*, token: str, at: datetime) -> Bearer | None:
    """Return for whom `token` speaks; None when it is unknown, revoked, expired or ended with the sessions."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"digest": digest_of(token), "at": at})
        row = cursor.fetchone()
    who = standing.read(row) if row else None
    if row is None or who is None:
        return None
    scopes, epoch, employed = row[standing.width() :]
    if who.login is not None and (not who.login.active or who.login.epoch != epoch):
        return None
    if employed and not who.employed(at=at):
        return None
    return Bearer(standing=who, scopes=frozenset(scopes))


def tokens_of(*, person_id: int) -> QuerySet[ApiToken]:
    """Return a person's tokens that were not revoked, newest first."""
    return ApiToken.objects.filter(person_id=person_id, revoked_at=None).order_by("-created_at", "-id")
