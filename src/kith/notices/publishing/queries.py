"""Reads of notices: lists for the desk, how a notice stands, and who is outstanding where."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import ANSWERED, UNHEARD, Delivery, State
from kith.messaging.deliveries.standing import counts
from kith.notices.publishing.models import Notice, NoticeState
from kith.notices.publishing.rules import may_write
from kith.people.segments.queries import count

LONGEST_DRILL = timedelta(days=31)


def visible_to(*, person_id: int, roles: frozenset[str]) -> QuerySet[Notice]:
    """Return the notices a person may see at the desk: all for writers, none for others."""
    del person_id
    return Notice.objects.select_related("author", "message") if may_write(roles) else Notice.objects.none()


def delivered_to(*, person_id: int) -> QuerySet[Notice]:
    """Return the published notices that were delivered to a person, newest first."""
    mine = Delivery.objects.filter(person_id=person_id).values("message_id")
    return Notice.objects.filter(state=NoticeState.PUBLISHED, message_id__in=mine).order_by("-published_at")


def readable_by(*, person_id: int, roles: frozenset[str]) -> QuerySet[Notice]:
    """Return the notices that were delivered to a person, withdrawn ones too; for writers all."""
    found = Notice.objects.select_related("message")
    if may_write(roles):
        return found
    return found.filter(message_id__in=Delivery.objects.filter(person_id=person_id).values("message_id"))


STATE_LABELS: dict[str, StrOrPromise] = {
    "pending": _("waiting for its hour"),
    "sent": _("sent"),
    "delivered": _("delivered to the mailbox"),
    "opened": _("opened"),
    "acknowledged": _("acknowledged"),
    "answered": _("answered"),
    "declined": _("declined, with a reason"),
    "late": _("answered late"),
    "excused": _("excused by absence"),
    "unreachable": _("out of reach"),
    "expired": _("not answered while it held"),
    "left": _("left the audience"),
}


@dataclass(frozen=True)
class Standing:
    """How a notice stands: the number of recipients in each state, by the keys of `STATE_LABELS`.

    They sum to `audience`: those it was written for when it was published, and the `joined` since. While it is
    `going_out`, those it has not been written for yet are pending.
    """

    numbers: dict[str, int]
    going_out: bool
    joined: int = 0

    @property
    def audience(self) -> int:
        """How many people the notice is for."""
        return sum(self.numbers.values())

    def _sum(self, states: Iterable[State]) -> int:
        return sum(self.numbers[state.name.lower()] for state in states)

    @property
    def answered(self) -> int:
        """How many answered, in time or late."""
        return self._sum(ANSWERED)

    @property
    def late(self) -> int:
        """How many answered late."""
        return self.numbers["late"]

    @property
    def outstanding(self) -> int:
        """How many still have to answer, those out of reach among them."""
        return self._sum(UNHEARD) + self.numbers["pending"] + self.numbers["delivered"]

    @property
    def rows(self) -> list[tuple[str, StrOrPromise, int]]:
        """Every state with its label and number, in the order in which a recipient passes through them."""
        return [(key, STATE_LABELS[key], number) for key, number in self.numbers.items()]


def standing(notice: Notice, *, at: datetime) -> Standing:
    """Return how a published notice stands; two queries, three while it is going out."""
    numbers = dict.fromkeys(STATE_LABELS, 0)
    if notice.message is None:
        return Standing(numbers=numbers, going_out=False)
    known = counts(message_id=notice.message.pk, at=at)
    numbers |= {state.name.lower(): number for state, number in known.states.items()}
    numbers["sent"] -= known.pending + known.delivered
    numbers["pending"], numbers["delivered"] = known.pending, known.delivered
    going_out = notice.message.sent_out_at is None
    if going_out:
        meant = count(rule=notice.rule, day=notice.message.at.date())
        numbers["pending"] += max(0, meant - sum(numbers.values()))
    return Standing(numbers=numbers, going_out=going_out, joined=known.joined)


@dataclass(frozen=True)
class Part:
    """A unit or site with how many of its people have acknowledged and how many have not."""

    key: int | None
    name: Text
    answered: int
    outstanding: int
    code: str = ""


PLACED = """
    SELECT DISTINCT ON (t.person_id) t.person_id, a.unit_id, a.site_id
    FROM people_tie t JOIN people_assignment a ON a.tie_id = t.id
    WHERE t.kind = 'employee' AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s)
      AND a.since <= %(day)s AND (a.until IS NULL OR a.until >= %(day)s)
    ORDER BY t.person_id, a.since DESC, a.id DESC
"""
"""Where every employee belongs and works on a day."""
_GROUPED = f"""
    SELECT x.{{key}}, count(*) FILTER (WHERE d.state = ANY(%(answered)s)),
           count(*) FILTER (WHERE d.state = ANY(%(out)s))
    FROM messaging_delivery d LEFT JOIN ({PLACED}) x ON x.person_id = d.person_id
    WHERE d.message_id = %(message)s GROUP BY 1
"""  # noqa: S608  (our own SQL words)
_PARTS = (
    "SELECT g.*, n.name, n.code FROM ({grouped}) AS g (key, answered, outstanding) LEFT JOIN {table} n ON n.id = g.key"
)


def _parts(notice: Notice, *, key: str, table: str, day: date, limit: int) -> list[Part]:
    if notice.message is None:
        return []
    sql = _PARTS.format(grouped=_GROUPED.format(key=key), table=table)
    sql += " ORDER BY g.outstanding DESC, g.key LIMIT %(limit)s"
    params: dict[str, Any] = {
        "out": [s.value for s in UNHEARD],
        "answered": [s.value for s in ANSWERED],
        "message": notice.message.pk,
        "day": day,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return [Part(found, Text(loaded(name)), done, waiting, code or "") for found, done, waiting, name, code in rows]


def loaded(name: object) -> dict[str, str]:
    """Return a text as its column comes from plain SQL."""
    if isinstance(name, str):
        return dict(json.loads(name))
    return dict(name) if isinstance(name, dict) else {}


def by_unit(notice: Notice, *, day: date, limit: int = 100) -> list[Part]:
    """Return the units of the audience, those with most outstanding people first; one query."""
    return _parts(notice, key="unit_id", table="people_unit", day=day, limit=limit)


def by_site(notice: Notice, *, day: date, limit: int = 100) -> list[Part]:
    """Return the sites of the audience, those with most outstanding people first; one query."""
    return _parts(notice, key="site_id", table="people_site", day=day, limit=limit)


def drills_running(*, at: datetime, soon: datetime) -> list[tuple[int, str, Text, datetime]]:
    """Return the drills that run at `at` or begin before `soon`: message, its page, title, and until when.

    A drill runs until it ends, is due, or a day after it was published, whichever is said first.
    """
    found = Notice.objects.filter(
        drill=True, state=NoticeState.PUBLISHED, expired_at=None, published_at__lte=soon, message__isnull=False
    ).select_related("message")
    rows = []
    for notice in found.filter(published_at__gt=at - LONGEST_DRILL).order_by("published_at"):
        if notice.message is not None and notice.published_at is not None:
            until = notice.expires_at or notice.due_at or notice.published_at + timedelta(days=1)
            if until > at:
                link = f"/inbox/{notice.message.public_id}/"
                rows.append((notice.message.pk, link, Text(notice.title), until))
    return rows


def takes_part(*, message_ids: Collection[int], person_id: int) -> set[int]:
    """Return those of the messages that a person got and was not taken off again; one query."""
    rows = Delivery.objects.filter(message_id__in=message_ids, person_id=person_id).exclude(state=State.LEFT)
    return set(rows.values_list("message_id", flat=True))


def unread_since(*, days: int, at: datetime) -> QuerySet[Delivery]:
    """Return the deliveries of notices in force that their recipients have not opened for `days`, by person.

    For care's moment “notice unread”: `.values_list("person_id", "message__about")` gives person and notice, and the
    query can be joined as a subselect. Those who answered, left, are excused or unreachable are not among them.
    """
    messages = Notice.objects.filter(
        state=NoticeState.PUBLISHED, expired_at=None, drill=False, published_at__lte=at - timedelta(days=days)
    ).exclude(expires_at__lte=at)
    late = Q(joined_at=None) | Q(joined_at__lte=at - timedelta(days=days))
    unread = Delivery.objects.filter(late, state=State.SENT, opened_at=None)
    return unread.filter(message_id__in=messages.values("message_id")).order_by("person_id", "message_id")
