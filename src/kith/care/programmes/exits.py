"""Leaving a programme early, at once: who left, who refused, who must be left alone, and whom a change stops."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from kith.care.errands.actions import drop, drop_for
from kith.care.programmes.models import Outcome, ProgrammeVersion, Run, RunState
from kith.people.segments.queries import audience_sql

UNDER_WAY = (RunState.DUE, RunState.WAITING)
_ASKED = "= ANY(%(ids)s)"
_WAITING = "IN (SELECT person_id FROM care_run WHERE state = 'waiting')"
_OUTSIDE = """
    SELECT r.id FROM care_run r JOIN people_person p ON p.id = r.person_id
    WHERE r.version_id = %(version)s AND r.state = 'waiting' AND ({where}) IS NOT TRUE
"""

_MUST_LEAVE = """
    SELECT p.id, p.deactivated_at IS NOT NULL OR p.merged_into_id IS NOT NULL OR EXISTS (
               SELECT 1 FROM people_tie t WHERE t.person_id = p.id
           ) AND NOT EXISTS (
               SELECT 1 FROM people_tie t WHERE t.person_id = p.id
               AND (t.until IS NULL OR t.until >= (%(at)s AT TIME ZONE p.zone)::date)
           ) AS gone
    FROM people_person p LEFT JOIN care_wishes w ON w.person_id = p.id
    WHERE p.id {which} AND (
        p.deactivated_at IS NOT NULL OR p.merged_into_id IS NOT NULL OR w.refused_at IS NOT NULL
        OR EXISTS (SELECT 1 FROM care_mute m WHERE m.person_id = p.id
                   AND (%(at)s AT TIME ZONE p.zone)::date BETWEEN m.since AND m.until)
        OR EXISTS (SELECT 1 FROM people_tie t WHERE t.person_id = p.id) AND NOT EXISTS (
            SELECT 1 FROM people_tie t WHERE t.person_id = p.id
            AND (t.until IS NULL OR t.until >= (%(at)s AT TIME ZONE p.zone)::date)))
"""


def must_leave(*, person_ids: Collection[int] | None, at: datetime) -> dict[int, Outcome]:
    """Return who of the persons gets nothing more: whoever has no tie any more left, others are left alone.

    None asks about everybody who waits inside of some programme.
    """
    sql = _MUST_LEAVE.format(which=_WAITING if person_ids is None else _ASKED)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"ids": list(person_ids or ()), "at": at})
        return {key: Outcome.LEFT if gone else Outcome.QUIET for key, gone in cursor.fetchall()}


def leave_now(*, person_ids: Collection[int], because: Outcome, at: datetime) -> int:
    """End whatever is under way for the persons, and withdraw what others owe for them; return how many runs."""
    ended = _end(Q(person_id__in=list(person_ids)), because=because, at=at)
    drop_for(person_ids=person_ids, at=at)
    return ended


def leave_due(*, at: datetime) -> int:
    """End what is under way for everybody who has to leave by now: gone, left alone, or out of the audience.

    Two queries, and one for each version inside of which somebody waits. Return how many runs ended.
    """
    with transaction.atomic():
        leaving, ended = must_leave(person_ids=None, at=at), 0
        for because in (Outcome.LEFT, Outcome.QUIET):
            ids = [person_id for person_id, why in leaving.items() if why == because]
            if ids:
                ended += leave_now(person_ids=ids, because=because, at=at)
        waited_in = Run.objects.filter(state=RunState.WAITING).order_by().values("version_id").distinct()
        for version in ProgrammeVersion.objects.filter(pk__in=waited_in, leavers_stay=False):
            ended += _end(Q(pk__in=_outside(version, at=at)), because=Outcome.LEFT, at=at)
    return ended


def _outside(version: ProgrammeVersion, *, at: datetime) -> list[int]:
    """Return the runs that wait of persons who are not in the version's audience any more."""
    audience = audience_sql(rule=version.rule, day=at.date())
    with connection.cursor() as cursor:
        cursor.execute(_OUTSIDE.format(where=audience.where), {**audience.params, "version": version.pk})
        return [row[0] for row in cursor.fetchall()]


def stop_inside(*, programme_id: int, at: datetime) -> int:
    """End whatever is under way in a programme; return how many runs."""
    return _end(Q(programme_id=programme_id), because=Outcome.STOPPED, at=at)


def _end(which: Q, *, because: Outcome, at: datetime) -> int:
    runs = Run.objects.filter(which, state__in=UNDER_WAY)
    keys = list(runs.select_for_update().values_list("pk", flat=True))
    if not keys:
        return 0
    drop(run_ids=keys, at=at)
    return Run.objects.filter(pk__in=keys).update(
        state=RunState.ENDED, outcome=because, next_at=None, done_at=at
    )  # fmt: skip
