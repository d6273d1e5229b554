"""Reads of promises."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from kith.kernel.clock import local_date
from kith.kernel.subjects import Subject
from kith.people.persons.models import Person
from kith.people.ties.queries import reports_of
from kith.promises.commitments.models import UNSETTLED, Promise, PromiseEvent
from kith.promises.duty.queries import duties_of

OVERSEERS = frozenset({"administrator", "leadership"})
"""Roles that see every promise and may pass it on."""


def unsettled() -> QuerySet[Promise]:
    """Return everything owed now, paused or not, soonest due first."""
    return (
        Promise.objects.filter(state__in=UNSETTLED)
        .select_related("owner", "waiting_person", "escalated_to")
        .order_by("due_at", "id")
    )


def owed_by(*, person_id: int) -> QuerySet[Promise]:
    """Return what a person owes, soonest due first."""
    return unsettled().filter(owner_id=person_id)


def owed_to(*, person_id: int) -> QuerySet[Promise]:
    """Return what is owed to a person, soonest due first."""
    return unsettled().filter(waiting_person_id=person_id)


def escalated_to(*, person_id: int) -> QuerySet[Promise]:
    """Return the overdue promises of others that were escalated to a person."""
    return unsettled().filter(escalated_to_id=person_id).exclude(owner_id=person_id)


def open_about(*, subject: Subject, person_id: int | None = None, kinds: Collection[str] = ()) -> QuerySet[Promise]:
    """Return what is owed about a subject, only what `person_id` waits for and only of `kinds` where given."""
    found = unsettled().filter(about__contains=[str(subject)])
    if person_id is not None:
        found = found.filter(waiting_person_id=person_id)
    return found.filter(kind__in=kinds) if kinds else found


def overdue(*, at: datetime) -> QuerySet[Promise]:
    """Return what is late at `at`, latest first. What is paused is not late."""
    return unsettled().filter(state="open", due_at__lte=at)


def visible_to(*, person: Person, roles: frozenset[str], at: datetime) -> QuerySet[Promise]:
    """Return the promises of any state a person may see.

    Overseers see all; others what they own, owned, wait for, had a hand in or were told of by escalation, what
    belongs to a duty they hold, and what their reports owe.
    """
    found = Promise.objects.select_related("owner", "waiting_person", "escalated_to")
    if roles & OVERSEERS:
        return found
    reports = reports_of(manager_id=person.pk, day=local_date(at, person.zone)).values("pk")
    return found.filter(
        Q(owner=person)
        | Q(waiting_person=person)
        | Q(escalated_to=person)
        | Q(chain__contains=[person.pk])
        | Q(Exists(PromiseEvent.objects.filter(promise=OuterRef("pk"), by_id=person.pk)))
        | Q(duty_role__in=duties_of(person_id=person.pk))
        | Q(owner__in=reports)
    )


@dataclass(frozen=True)
class Keeping:
    """How promises were kept: of those due in a period how many in time, late, and still owed; how long it took.

    `kept` were kept in the period, whenever due; `median` and `p95` of them are from opening to keeping on the wall
    clock.
    """

    in_time: int
    late: int
    owed: int
    kept: int
    median: timedelta | None
    p95: timedelta | None

    @property
    def due(self) -> int:
        """How many were due in the period."""
        return self.in_time + self.late + self.owed

    @property
    def in_time_share(self) -> Decimal | None:
        """The share kept in time, in percent with one decimal; None where nothing was due."""
        return (Decimal(100 * self.in_time) / self.due).quantize(Decimal("0.1")) if self.due else None


_SCOPE = """
    (%(kinds)s::text[] IS NULL OR p.kind = ANY(%(kinds)s))
    AND (%(path)s::text IS NULL OR EXISTS (
        SELECT 1 FROM people_unit u WHERE u.path LIKE %(path)s AND (u.id = p.unit_id OR p.unit_id IS NULL AND u.id = (
            SELECT a.unit_id FROM people_assignment a JOIN people_tie t ON t.id = a.tie_id
            WHERE t.person_id = p.owner_id AND t.kind = 'employee' AND a.since <= %(day)s
            ORDER BY a.since DESC, a.id DESC LIMIT 1))))
"""
_DUE = f"""
    SELECT count(*) FILTER (WHERE p.state = 'kept' AND p.kept_at <= p.due_at),
           count(*) FILTER (WHERE p.state = 'kept' AND p.kept_at > p.due_at),
           count(*) FILTER (WHERE p.state = 'open' AND p.due_at <= %(at)s)
    FROM promises_promise p WHERE p.due_at >= %(since)s AND p.due_at < %(until)s AND {_SCOPE}
"""  # noqa: S608  (our own words)
_TOOK = f"""
    SELECT count(*),
           percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY extract(epoch FROM p.kept_at - p.opened_at))
    FROM promises_promise p
    WHERE p.state = 'kept' AND p.kept_at >= %(since)s AND p.kept_at < %(until)s AND {_SCOPE}
"""  # noqa: S608  (our own words)


def keeping(
    *, since: datetime, until: datetime, at: datetime, kinds: Collection[str] = (), unit_path: str = ""
) -> Keeping:
    """Return how the promises due or kept from `since` to before `until` were kept, seen from `at`.

    `kinds` and `unit_path` (a unit with those below it) narrow them. Withdrawn and paused ones do not count.
    """
    given = {
        "since": since, "until": until, "at": at, "day": at.date(),
        "kinds": list(kinds) or None, "path": f"{unit_path}%" if unit_path else None,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_DUE, given)
        in_time, late, owed = cursor.fetchone()
        cursor.execute(_TOOK, given)
        kept, took = cursor.fetchone()
    median, p95 = (timedelta(seconds=float(seconds)) for seconds in took) if took else (None, None)
    return Keeping(in_time=in_time, late=late, owed=owed, kept=kept, median=median, p95=p95)


_BY_UNIT = """
    WITH seen AS (
        SELECT p.state, p.due_at, p.kept_at, p.opened_at, coalesce(p.unit_id, (
            SELECT a.unit_id FROM people_assignment a JOIN people_tie t ON t.id = a.tie_id
            WHERE t.person_id = p.owner_id AND t.kind = 'employee' AND a.since <= %(day)s
            ORDER BY a.since DESC, a.id DESC LIMIT 1)) AS unit_id
        FROM promises_promise p
        WHERE (p.due_at >= %(since)s AND p.due_at < %(until)s)
           OR (p.state = 'kept' AND p.kept_at >= %(since)s AND p.kept_at < %(until)s)
    ), dued AS (SELECT *, due_at >= %(since)s AND due_at < %(until)s AS is_due,
                       state = 'kept' AND kept_at >= %(since)s AND kept_at < %(until)s AS is_kept FROM seen)
    SELECT unit_id,
           count(*) FILTER (WHERE is_due AND state = 'kept' AND kept_at <= due_at),
           count(*) FILTER (WHERE is_due AND state = 'kept' AND kept_at > due_at),
           count(*) FILTER (WHERE is_due AND state = 'open' AND due_at <= %(at)s),
           count(*) FILTER (WHERE is_kept),
           percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY extract(epoch FROM kept_at - opened_at))
               FILTER (WHERE is_kept)
    FROM dued GROUP BY unit_id
"""


def keeping_by_unit(*, since: datetime, until: datetime, at: datetime) -> dict[int | None, Keeping]:
    """Return for each unit how its promises due or kept in the period were kept; None: owners without a unit.

    A promise counts for the unit it was opened for, else for the unit of its owner; not for the units above.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BY_UNIT, {"since": since, "until": until, "at": at, "day": at.date()})
        rows = cursor.fetchall()
    found: dict[int | None, Keeping] = {}
    for unit_id, in_time, late, owed, kept, took in rows:
        median, p95 = (timedelta(seconds=float(seconds)) for seconds in took) if took else (None, None)
        found[unit_id] = Keeping(in_time=in_time, late=late, owed=owed, kept=kept, median=median, p95=p95)
    return found


@dataclass(frozen=True)
class Waiting:
    """What a unit owes and how long people have been waiting for it. `unit_id` None: owners without a unit."""

    unit_id: int | None
    owed: int
    overdue: int
    longest: timedelta
    average: timedelta


_WAITING = """
    SELECT unit_id, count(*), count(*) FILTER (WHERE state = 'open' AND due_at <= %(at)s),
           max(%(at)s - opened_at), avg(%(at)s - opened_at)
    FROM (SELECT p.state, p.due_at, p.opened_at, coalesce(p.unit_id, (
              SELECT a.unit_id FROM people_assignment a JOIN people_tie t ON t.id = a.tie_id
              WHERE t.person_id = p.owner_id AND t.kind = 'employee'
                AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s)
                AND a.since <= %(day)s AND (a.until IS NULL OR a.until >= %(day)s)
              ORDER BY a.since DESC, a.id DESC LIMIT 1)) AS unit_id
          FROM promises_promise p WHERE p.state IN ('open', 'paused') AND p.opened_at <= %(at)s) AS owed
    GROUP BY unit_id ORDER BY max(%(at)s - opened_at) DESC, unit_id
"""


def waiting_by_unit(*, at: datetime) -> list[Waiting]:
    """Return for each unit what it owes at `at` and how long that has been waited for, the longest wait first."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"at": at, "day": at.date()})
        return [Waiting(*row) for row in cursor.fetchall()]
