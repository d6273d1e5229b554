"""Reads of the head count: numbers by site, and the names of one site."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import ANSWERED, State
from kith.notices.board.models import MusterLink
from kith.notices.publishing.models import Notice
from kith.notices.publishing.queries import PLACED, loaded

NAMES = 2000
"""Names of a site shown at most; those in need first."""


@dataclass(frozen=True)
class SiteCount:
    """How a site stands. `safe`, `help`, `other` (answers of another kind), `open` (no answer), `away` (excused)."""

    site_id: int | None
    public_id: str
    name: Text
    safe: int
    help: int
    other: int
    open: int
    away: int

    @property
    def total(self) -> int:
        """Everybody counted here."""
        return self.safe + self.help + self.other + self.open + self.away


def _kinds(notice: Notice) -> dict[str, Any]:
    kinds = [option["kind"] for option in notice.options]
    return {
        "message": notice.message_id,
        "safe": [index for index, kind in enumerate(kinds) if kind == "safe"],
        "help": [index for index, kind in enumerate(kinds) if kind == "help"],
        "answered": [state.value for state in ANSWERED],
        "away": State.EXCUSED.value,
        "left": State.LEFT.value,
    }


_ANSWERED = "d.state = ANY(%(answered)s)"
_GROUP = f"""
    CASE WHEN d.answer = ANY(%(help)s) AND {_ANSWERED} THEN 0 WHEN d.state = %(away)s THEN 3
         WHEN d.answer = ANY(%(safe)s) AND {_ANSWERED} THEN 4 WHEN {_ANSWERED} THEN 2 ELSE 1 END
"""
_BY_SITE = f"""
    SELECT c.site_id, s.public_id, s.name, c.safe, c.help, c.other, c.open, c.away FROM (
        SELECT site_id, count(*) FILTER (WHERE kind = 4), count(*) FILTER (WHERE kind = 0),
               count(*) FILTER (WHERE kind = 2), count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 3)
        FROM (SELECT x.site_id, {_GROUP} AS kind FROM messaging_delivery d LEFT JOIN ({PLACED}) x
              ON x.person_id = d.person_id WHERE d.message_id = %(message)s AND d.state <> %(left)s) AS each
        GROUP BY site_id
    ) AS c (site_id, safe, help, other, open, away) LEFT JOIN people_site s ON s.id = c.site_id
    ORDER BY c.help DESC, c.open DESC, c.site_id
"""  # noqa: S608  (our own SQL words)


def by_site(notice: Notice, *, day: date) -> list[SiteCount]:
    """Return the head count of every site, those in need first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_SITE, {**_kinds(notice), "day": day})
        return [
            SiteCount(key, str(public_id or ""), Text(loaded(name)), *numbers)
            for key, public_id, name, *numbers in cursor.fetchall()
        ]


@dataclass(frozen=True)
class Counted:
    """A person of a site: what is known of them. `kind` is `help`, `open`, `other`, `away` or `safe`."""

    public_id: str
    name: str
    kind: str
    at: datetime | None
    via: str
    answer: int | None


_ORDER = {0: "help", 1: "open", 2: "other", 3: "away", 4: "safe"}
_OF_SITE = f"""
    SELECT p.public_id, p.full_name, {_GROUP} AS kind, d.acknowledged_at, d.via, d.answer
    FROM messaging_delivery d JOIN ({PLACED}) x ON x.person_id = d.person_id JOIN people_person p ON p.id = d.person_id
    WHERE d.message_id = %(message)s AND d.state <> %(left)s AND x.site_id = %(site)s
    ORDER BY kind, p.sort_key, p.id LIMIT %(limit)s
"""  # noqa: S608  (our own SQL words)


def of_site(notice: Notice, *, site_id: int, day: date, limit: int = NAMES) -> list[Counted]:
    """Return the people of one site, those in need first, then those nobody has heard of; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_SITE, {**_kinds(notice), "day": day, "site": site_id, "limit": limit})
        return [
            Counted(str(public_id), name, _ORDER[kind], at, via or "", answer)
            for public_id, name, kind, at, via, answer in cursor.fetchall()
        ]


def summed(rows: Sequence[SiteCount]) -> SiteCount:
    """Return all sites together."""
    return SiteCount(
        None,
        "",
        Text(),
        *(sum(row.__dict__[name] for row in rows) for name in ("safe", "help", "other", "open", "away")),
    )


def links_of(notice: Notice) -> QuerySet[MusterLink]:
    """Return the muster links of a notice, the newest first."""
    return MusterLink.objects.filter(notice=notice).select_related("site", "issued_by").order_by("-id")
