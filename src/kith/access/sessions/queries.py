"""Reading sessions: one query finds session, login, person, roles and kiosk, and whether the session is alive."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kith.access import standing
from kith.access.kiosks.models import Kiosk
from kith.access.logins.models import Login
from kith.access.sessions import rules
from kith.access.sessions.models import Session
from kith.access.standing import Standing
from kith.kernel.statements import fetch_one
from kith.people.ties.models import Tie, TieKind

_A_DAY = timedelta(days=1)
HANDLE_LENGTH = 24
"""Digits of a session's digest by which its owner names it; of no use as a key."""


@dataclass(frozen=True, slots=True)
class LoadedSession:
    """A living session. `standing` is None for a visitor; `roles` are those of the moment its key was made."""

    digest: str
    data: dict[str, Any]
    began_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    roles: str
    standing: Standing | None
    kiosk: Kiosk | None

    @property
    def roles_changed(self) -> bool:
        """Whether the person's roles are others than when the key was made."""
        return self.standing is not None and roles_key(self.standing.roles) != self.roles


def digest_of(key: str) -> str:
    """Return the SHA-256 under which the secret `key` is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


def roles_key(roles: Collection[str]) -> str:
    """Return roles as a session keeps them."""
    return ",".join(sorted(roles))


@cache
def _statement() -> str:
    return (
        "SELECT " + standing.columns() + ", s.data, s.created_at, s.last_seen_at, s.expires_at, s.roles,"  # noqa: S608  (column names only)
        " s.login_id, s.epoch, s.employed, " + standing.columns_of(Kiosk, "k") + " FROM access_session s"
        " LEFT JOIN access_login l ON l.id = s.login_id LEFT JOIN people_person p ON p.id = l.person_id"
        " LEFT JOIN access_kiosk k ON k.id = s.kiosk_id WHERE s.digest = %(digest)s"
    )


def load(*, key: str, at: datetime) -> LoadedSession | None:
    """Return the session whose cookie holds `key`, in one query; None when there is none or it has ended."""
    digest = digest_of(key)
    row = fetch_one(_statement(), {"digest": digest, "at": at})
    if row is None:
        return None
    width = standing.width()
    who = standing.read(row)
    data, began_at, last_seen_at, expires_at, roles, login_id, epoch, employed = row[width : width + 8]
    kiosk = standing.instance_of(Kiosk, row[width + 8 :]) if row[width + 8] is not None else None
    if at >= expires_at or (kiosk is not None and kiosk.revoked_at is not None):
        return None
    if login_id is not None and (
        who is None
        or not _still_in(who, epoch=epoch, employed=employed, at=at)
        or rules.is_idle(last_seen_at=last_seen_at, at=at, at_kiosk=kiosk is not None)
    ):
        return None
    return LoadedSession(
        digest=digest,
        data=json.loads(data) if isinstance(data, str) else data,
        began_at=began_at,
        last_seen_at=last_seen_at,
        expires_at=expires_at,
        roles=roles,
        standing=who,
        kiosk=kiosk,
    )


def _still_in(who: Standing, *, epoch: int, employed: bool, at: datetime) -> bool:
    """Say whether the login still stands, and an employment that stood at sign-in does too."""
    login = who.login
    return (
        login is not None
        and login.active
        and login.epoch == epoch
        and who.person.deactivated_at is None
        and (not employed or who.employed(at=at))
    )


def kiosk_of(*, secret: str) -> Kiosk | None:
    """Return the registered kiosk that knows `secret`; None when unknown or revoked."""
    return Kiosk.objects.filter(token_hash=digest_of(secret), revoked_at__isnull=True).first()


def person_of(*, key: str, at: datetime) -> int | None:
    """Return who is signed in with the cookie `key`; for streams, which outlive a request."""
    loaded = load(key=key, at=at)
    return loaded.standing.person.pk if loaded is not None and loaded.standing is not None else None


def still_signed_in(*, digests: Collection[str], at: datetime) -> set[str]:
    """Return those of `digests` (of session keys) that are still signed in at `at`.

    One query for all streams, and one more for those whose employment begins or ends about these days: the day
    is that of the person's own zone.
    """
    alive = (
        Session.objects.filter(
            digest__in=digests,
            login__active=True,
            login__epoch=F("epoch"),
            login__person__deactivated_at__isnull=True,
            expires_at__gt=at,
        )
        .filter(
            Q(kiosk__isnull=True, last_seen_at__gt=at - rules.IDLE)
            | Q(kiosk__revoked_at__isnull=True, kiosk__isnull=False, last_seen_at__gt=at - rules.IDLE_AT_KIOSK)
        )
        .annotate(surely=~Q(employed=True) | Exists(_employments(since=at - _A_DAY, until=at + _A_DAY)))
    )
    rows = list(alive.values_list("digest", "surely", "login_id"))
    return {digest for digest, surely, login_id in rows if surely or _employed(login_id=login_id, at=at)}


def _employments(*, since: datetime, until: datetime) -> QuerySet[Tie]:
    """Return the employments of a session's person that hold on every day from `since` to `until`, in any zone."""
    holding = Q(until__isnull=True) | Q(until__gt=until.date())
    return Tie.objects.filter(
        holding, person_id=OuterRef("login__person_id"), kind=TieKind.EMPLOYEE, since__lt=since.date()
    )


def _employed(*, login_id: int, at: datetime) -> bool:
    return standing.standing_of(login_id=login_id, at=at).employed(at=at)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A living session as its owner may see it. `handle` names it without its key; `device` is "" where unknown."""

    handle: str
    device: str
    kiosk: str
    began_at: datetime
    last_seen_at: datetime
    is_this: bool


def open_sessions(*, login: Login, key: str, at: datetime) -> list[OpenSession]:
    """Return a login's living sessions, the latest used first; `key` is the one of the browser that asks."""
    rows = Session.objects.filter(login=login, epoch=login.epoch, expires_at__gt=at).select_related("kiosk")
    this = digest_of(key)
    return [
        OpenSession(
            handle=row.digest[:HANDLE_LENGTH],
            device=str(row.data.get("device", "")),
            kiosk=row.kiosk.name if row.kiosk else "",
            began_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_this=row.digest == this,
        )
        for row in rows.order_by("-last_seen_at", "digest")
        if not rules.is_idle(last_seen_at=row.last_seen_at, at=at, at_kiosk=row.kiosk_id is not None)
    ]
