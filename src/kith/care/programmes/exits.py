"""Leaving a programme early, at once: who left, who refused, who must be left alone, and whom a change stops."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.db.models import Q

from kith.care.errands.actions import drop
from kith.care.programmes.models import Outcome, Run, RunState

UNDER_WAY = (RunState.DUE, RunState.WAITING)

_MUST_LEAVE = """
    SELECT p.id, p.deactivated_at IS NOT NULL OR p.merged_into_id IS NOT NULL OR EXISTS (
               SELECT 1 FROM people_tie t WHERE t.person_id = p.id
           ) AND NOT EXISTS (
               SELECT 1 FROM people_tie t WHERE t.person_id = p.id
               AND (t.until IS NULL OR t.until >= (%(at)s AT TIME ZONE p.zone)::date)
           ) AS gone
    FROM people_person p LEFT JOIN care_wishes w ON w.person_id = p.id
    WHERE p.id = ANY(%(ids)s) AND (
        p.deactivated_at IS NOT NULL OR p.merged_into_id IS NOT NULL OR w.refused_at IS NOT NULL
        OR EXISTS (SELECT 1 FROM care_mute m WHERE m.person_id = p.id
                   AND (%(at)s AT TIME ZONE p.zone)::date BETWEEN m.since AND m.until)
        OR EXISTS (SELECT 1 FROM people_tie t WHERE t.person_id = p.id) AND NOT EXISTS (
            SELECT 1 FROM people_tie t WHERE t.person_id = p.id
            AND (t.until IS NULL OR t.until >= (%(at)s AT TIME ZONE p.zone)::date)))
"""


def must_leave(*, person_ids: Collection[int], at: datetime) -> dict[int, Outcome]:
    """Return who of the persons gets nothing more: whoever has no tie any more left, others are left alone."""
    with connection.cursor() as cursor:
        cursor.execute(_MUST_LEAVE, {"ids": list(person_ids), "at": at})
        return {key: Outcome.LEFT if gone else Outcome.QUIET for key, gone in cursor.fetchall()}


def leave_now(*, person_ids: Collection[int], because: Outcome, at: datetime) -> int:
    """End whatever is under way for the persons, and withdraw what others owe for it; return how many runs."""
    return _end(Q(person_id__in=list(person_ids)), because=because, at=at)


def stop_inside(*, programme_id: int, at: datetime) -> int:
    """End whatever is under way in a programme; return how many runs."""
    return _end(Q(programme_id=programme_id), because=Outcome.STOPPED, at=at)


def _end(which: Q, *, because: Outcome, at: datetime) -> int:
    runs = Run.objects.filter(which, state__in=UNDER_WAY)
    keys = list(runs.select_for_update().values_list("pk", flat=True))
    drop(run_ids=keys, at=at)
    return Run.objects.filter(pk__in=keys).update(
        state=RunState.ENDED, outcome=because, next_at=None, done_at=at
    )  # fmt: skip
