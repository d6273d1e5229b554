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


_PLACED = """
    SELECT DISTINCT ON (t.person_id) t.person_id, a.unit_id
    FROM people_tie t JOIN people_assignment a ON a.tie_id = t.id
    WHERE t.kind = 'employee' AND t.person_id IN (SELECT owner_id FROM {owners}) AND a.since <= %(day)s {held}
    ORDER BY t.person_id, a.since DESC, a.id DESC
"""
_IS_DUE = "p.due_at >= %(since)s AND p.due_at < %(until)s"
_IS_KEPT = "p.state = 'kept' AND p.kept_at >= %(since)s AND p.kept_at < %(until)s"
_IN_FORCE = """AND t.since <= %(day)s AND (t.until IS NULL OR t.until >= %(day)s)
        AND (a.until IS NULL OR a.until >= %(day)s)"""
_BY_UNIT = f"""
    WITH seen AS MATERIALIZED (
        SELECT p.unit_id, p.owner_id,
               count(*) FILTER (WHERE {_IS_DUE} AND p.state = 'kept' AND p.kept_at <= p.due_at) AS in_time,
               count(*) FILTER (WHERE {_IS_DUE} AND p.state = 'kept' AND p.kept_at > p.due_at) AS late,
               count(*) FILTER (WHERE {_IS_DUE} AND p.state = 'open' AND p.due_at <= %(at)s) AS owed,
               array_agg(p.kept_at - p.opened_at) FILTER (WHERE {_IS_KEPT}) AS took
        FROM promises_promise p WHERE ({_IS_DUE}) OR ({_IS_KEPT}) GROUP BY p.unit_id, p.owner_id
    ), placed AS MATERIALIZED ({_PLACED.format(owners="seen WHERE unit_id IS NULL", held="")}),
    summed AS MATERIALIZED (
        SELECT coalesce(seen.unit_id, placed.unit_id) AS unit_id, in_time, late, owed, took
        FROM seen LEFT JOIN placed ON placed.person_id = seen.owner_id AND seen.unit_id IS NULL
    )
    SELECT counts.unit_id, counts.in_time, counts.late, counts.owed, coalesce(times.kept, 0), times.took
    FROM (SELECT unit_id, sum(in_time)::bigint AS in_time, sum(late)::bigint AS late, sum(owed)::bigint AS owed
          FROM summed GROUP BY unit_id) AS counts
    LEFT JOIN (SELECT unit_id, count(*) AS kept, percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY each) AS took
               FROM summed, unnest(took) AS each GROUP BY unit_id) AS times
           ON times.unit_id IS NOT DISTINCT FROM counts.unit_id
"""  # noqa: S608  (our own words)


def keeping_by_unit(*, since: datetime, until: datetime, at: datetime) -> dict[int | None, Keeping]:
    """Return for each unit how its promises due or kept in the period were kept; None: owners without a unit.

    A promise counts for the unit it was opened for, else for the unit of its owner; not for the units above.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BY_UNIT, {"since": since, "until": until, "at": at, "day": at.date()})
        rows = cursor.fetchall()
    found: dict[int | None, Keeping] = {}
    for unit_id, in_time, late, owed, kept, took in rows:
        median, p95 = took or (None, None)
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


_WAITING = f"""
    WITH owed AS MATERIALIZED (
        SELECT p.unit_id, p.owner_id, count(*) AS number,
               count(*) FILTER (WHERE p.state = 'open' AND p.due_at <= %(at)s) AS late,
               min(p.opened_at) AS first, sum(%(at)s - p.opened_at) AS waited
        FROM promises_promise p WHERE p.state IN ('open', 'paused') AND p.opened_at <= %(at)s
        GROUP BY p.unit_id, p.owner_id
    ), placed AS MATERIALIZED ({_PLACED.format(owners="owed WHERE unit_id IS NULL", held=_IN_FORCE)})
    SELECT coalesce(owed.unit_id, placed.unit_id) AS unit, sum(number)::bigint, sum(late)::bigint,
           %(at)s - min(first), sum(waited) / sum(number)::float8
    FROM owed LEFT JOIN placed ON placed.person_id = owed.owner_id
    GROUP BY 1 ORDER BY 4 DESC, 1
"""  # noqa: S608  (our own words)


def waiting_by_unit(*, at: datetime) -> list[Waiting]:
    """Return for each unit what it owes at `at` and how long that has been waited for, the longest wait first."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"at": at, "day": at.date()})
        return [Waiting(*row) for row in cursor.fetchall()]
