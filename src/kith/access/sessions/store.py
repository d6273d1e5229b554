"""Django's session interface over our table. A key that the table does not know is never adopted."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from kith.access.kiosks.models import Kiosk
from kith.access.logins.models import Login
from kith.access.sessions import queries, rules
from kith.access.sessions.models import Session
from kith.access.sessions.queries import LoadedSession, digest_of, roles_key
from kith.access.standing import Standing
from kith.kernel import clock


class SessionStore(SessionBase):
    """A session as Django and its libraries use it: a dict that is saved when it was changed.

    `standing` and `kiosk` say who is signed in where; `language` and `zone` are always the person's own of now.
    `set_expiry` has no effect: `rules` say how long one lives.
    """

    def __init__(self, session_key: str | None = None) -> None:
        """Stand for the session with this key, loaded at the first look; None: a new visitor."""
        super().__init__(session_key)
        self.loaded: LoadedSession | None = None
        self.standing: Standing | None = None
        self.kiosk: Kiosk | None = None
        self.ended = False
        self.fresh_key = False

    def look(self) -> None:
        """Load the session if a key was given, without counting it as used by a view."""
        accessed = self.accessed
        self._get_session()  # type: ignore[attr-defined]
        self.accessed = accessed

    def load(self) -> dict[str, Any]:
        """Return the data of the living session; forget the key when there is none."""
        self.loaded = queries.load(key=self.session_key or "", at=clock.now())
        if self.loaded is None:
            self._session_key = None
            return {}
        self.standing, self.kiosk = self.loaded.standing, self.loaded.kiosk
        data = dict(self.loaded.data)
        if self.standing is not None:
            data.update(language=self.standing.person.language, zone=self.standing.person.zone)
        return data

    def exists(self, session_key: str | None) -> bool:
        """Say whether a session has this key."""
        return Session.objects.filter(digest=digest_of(session_key or "")).exists()

    def create(self) -> None:
        """Begin a visitor's session with a key of its own."""
        self._insert(data={}, at=clock.now())

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  (Django's signature)
        """Write the data. A session that ended meanwhile is not brought back: it becomes empty."""
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        if must_create or self.session_key is None:
            self._insert(data=data, at=clock.now())
        elif not Session.objects.filter(digest=digest_of(self.session_key)).update(data=data):
            self._forget()

    def delete(self, session_key: str | None = None) -> None:
        """Remove the session from the table."""
        if key := session_key or self.session_key:
            Session.objects.filter(digest=digest_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Remove what has ended by time."""
        Session.objects.filter(expires_at__lte=clock.now()).delete()

    def flush(self) -> None:
        """End the session: its row is gone, its cookie is taken back."""
        had_key = self.session_key is not None
        super().flush()
        self._forget()
        self.ended = had_key

    def cycle_key(self) -> None:
        """Give the living session a new key; the old one is worth nothing from now on."""
        self.rekey(at=clock.now())

    def rekey(self, *, at: datetime) -> None:
        """Move the session to a new key and note the person's present roles; keeps data and its last day."""
        data = self._get_session()  # type: ignore[attr-defined]
        if self.session_key is None:
            self._insert(data=data, at=at)
            return
        key = _new_key()
        roles = roles_key(self.standing.roles) if self.standing else ""
        moved = Session.objects.filter(digest=digest_of(self.session_key)).update(
            digest=digest_of(key), roles=roles, data=data
        )
        if not moved:
            self._forget()
            return
        self._session_key, self.fresh_key = key, True

    def bind(self, *, login: Login, standing: Standing, kiosk: Kiosk | None, at: datetime) -> None:
        """Sign `login` in: a new key; a visitor's data comes along, another person's never."""
        data = self._get_session()  # type: ignore[attr-defined]
        if self.standing is not None and self.standing.person.pk != login.person_id:
            data = {}
        self.delete()
        self._insert(login=login, kiosk=kiosk, data=data, at=at, standing=standing)
        self.standing, self.kiosk = standing, kiosk

    def note_use(self, *, at: datetime) -> None:
        """Write down that the session is in use, at most once in a while."""
        if self.loaded is None or self.standing is None or self.session_key is None:
            return
        if rules.is_to_note(last_seen_at=self.loaded.last_seen_at, at=at, at_kiosk=self.kiosk is not None):
            Session.objects.filter(digest=digest_of(self.session_key)).update(last_seen_at=at)

    def lasts(self, *, at: datetime) -> timedelta:
        """Return how long the cookie is to be kept."""
        if self.loaded is not None and not self._new_row:
            return self.loaded.expires_at - at
        return rules.LONGEST_AT_KIOSK if self.kiosk is not None else rules.LONGEST

    _new_row = False

    def _insert(
        self,
        *,
        data: dict[str, Any],
        at: datetime,
        login: Login | None = None,
        kiosk: Kiosk | None = None,
        standing: Standing | None = None,
    ) -> None:
        key = _new_key()
        Session.objects.create(
            digest=digest_of(key),
            data=data,
            login=login,
            person_id=login.person_id if login else None,
            kiosk=kiosk,
            epoch=login.epoch if login else 0,
            roles=roles_key(standing.roles) if standing else "",
            employed=standing.employed(at=at) if standing else False,
            created_at=at,
            last_seen_at=at,
            expires_at=rules.ends_at(began_at=at, at_kiosk=kiosk is not None),
        )
        self._session_key, self._session_cache = key, data
        self.fresh_key, self._new_row, self.ended = True, True, False

    def _forget(self) -> None:
        self._session_key, self._session_cache = None, {}
        self.loaded = self.standing = self.kiosk = None
        self.modified = self.fresh_key = False


def _new_key() -> str:
    return secrets.token_urlsafe(32)
