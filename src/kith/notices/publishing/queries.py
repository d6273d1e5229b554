"""Reads of notices: lists for the desk, how a notice stands, and who is outstanding where."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import OUTSTANDING, Delivery, State
from kith.messaging.deliveries.queries import state_counts
from kith.notices.publishing.models import Notice, NoticeState
from kith.notices.publishing.rules import may_write
from kith.people.ties.queries import managers_of


def visible_to(*, person_id: int, roles: frozenset[str]) -> QuerySet[Notice]:
    """Return the notices a person may see at the desk: all for writers, none for others."""
    del person_id
    return Notice.objects.select_related("author", "message") if may_write(roles) else Notice.objects.none()


def delivered_to(*, person_id: int) -> QuerySet[Notice]:
    """Return the published notices that were delivered to a person, newest first."""
    mine = Delivery.objects.filter(person_id=person_id).values("message_id")
    return Notice.objects.filter(state=NoticeState.PUBLISHED, message_id__in=mine).order_by("-published_at")


@dataclass(frozen=True)
class Standing:
    """How a notice stands: counts by state (they sum to `audience`), and whether it is still going out."""

    counts: dict[State, int]
    going_out: bool

    @property
    def audience(self) -> int:
        """How many people the notice reached so far."""
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        """How many acknowledged, in time or late."""
        return self.counts[State.ACKNOWLEDGED] + self.counts[State.LATE]

    @property
    def outstanding(self) -> int:
        """How many still have to acknowledge."""
        return sum(self.counts[state] for state in OUTSTANDING)


def standing(notice: Notice) -> Standing:
    """Return how a published notice stands; one query."""
    if notice.message is None:
        return Standing(counts=dict.fromkeys(State, 0), going_out=False)
    return Standing(counts=state_counts(message_id=notice.message.pk), going_out=notice.message.sent_out_at is None)


@dataclass(frozen=True)
class Part:
    """A unit or site with how many of its people have acknowledged and how many have not."""

    key: int | None
    name: Text
    answered: int
    outstanding: int


_GROUPED = """
    SELECT x.{key}, count(*) FILTER (WHERE d.state <> ALL(%(out)s)), count(*) FILTER (WHERE d.state = ANY(%(out)s))
    FROM messaging_delivery d LEFT JOIN (
        SELECT DISTINCT ON (t.person_id) t.person_id, a.unit_id, a.site_id
        FROM people_tie t JOIN people_assignment a ON a.tie_id = t.id
        WHERE t.kind = 'employee' AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s)
          AND a.since <= %(day)s AND (a.until IS NULL OR a.until >= %(day)s)
        ORDER BY t.person_id, a.since DESC, a.id DESC
    ) x ON x.person_id = d.person_id
    WHERE d.message_id = %(message)s GROUP BY 1
"""
_PARTS = "SELECT g.*, n.name FROM ({grouped}) AS g (key, answered, outstanding) LEFT JOIN {table} n ON n.id = g.key"


def _parts(notice: Notice, *, key: str, table: str, day: date, limit: int) -> list[Part]:
    if notice.message is None:
        return []
    sql = _PARTS.format(grouped=_GROUPED.format(key=key), table=table)
    sql += " ORDER BY g.outstanding DESC, g.key LIMIT %(limit)s"
    params: dict[str, Any] = {
        "out": [s.value for s in OUTSTANDING],
        "message": notice.message.pk,
        "day": day,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return [Part(found, Text(_loaded(name)), done, waiting) for found, done, waiting, name in rows]


def _loaded(name: object) -> dict[str, str]:
    if isinstance(name, str):
        return dict(json.loads(name))
    return dict(name) if isinstance(name, dict) else {}


def by_unit(notice: Notice, *, day: date, limit: int = 100) -> list[Part]:
    """Return the units of the audience, those with most outstanding people first; one query."""
    return _parts(notice, key="unit_id", table="people_unit", day=day, limit=limit)


def by_site(notice: Notice, *, day: date, limit: int = 100) -> list[Part]:
    """Return the sites of the audience, those with most outstanding people first; one query."""
    return _parts(notice, key="site_id", table="people_site", day=day, limit=limit)


def outstanding_ids(notice: Notice) -> list[int]:
    """Return the keys of the persons who still have to acknowledge."""
    if notice.message is None:
        return []
    rows = Delivery.objects.filter(message_id=notice.message.pk, state__in=OUTSTANDING)
    return list(rows.values_list("person_id", flat=True))


def outstanding_by_manager(notice: Notice, *, day: date) -> dict[int, list[int]]:
    """Return the outstanding persons of each line manager; who has no manager is on nobody's list."""
    lists: dict[int, list[int]] = {}
    for person_id, manager_id in managers_of(person_ids=outstanding_ids(notice), day=day).items():
        if manager_id is not None:
            lists.setdefault(manager_id, []).append(person_id)
    return lists
