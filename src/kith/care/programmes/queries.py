"""Reads of programmes: which there are, what is due in a stretch of time, and what has happened."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from kith.care.moments import MOMENTS
from kith.care.programmes.calendars import CALENDAR_OF, WORKS
from kith.care.programmes.models import FreeDay, Programme, ProgrammeVersion, Run, StepDone, VersionState
from kith.care.programmes.timing import LONGEST_REST
from kith.people.segments.queries import audience_sql

CARERS = frozenset({"hr", "administrator"})
_LOUD = (
    "NOT EXISTS (SELECT 1 FROM care_mute m WHERE m.person_id = p.id "
    "AND (due.due_at AT TIME ZONE p.zone)::date BETWEEN m.since AND m.until)"
)
_ON_WORKING_DAYS = f"""
    SELECT due.person_id, due.occasion, due.due_at FROM (
        SELECT f.person_id, f.occasion,
               ((f.due_at AT TIME ZONE p.zone) + make_interval(days => coalesce(w.day, l.day) - l.day))
               AT TIME ZONE p.zone AS due_at
        FROM ({{found}}) AS f JOIN people_person p ON p.id = f.person_id
        CROSS JOIN LATERAL (SELECT (f.due_at AT TIME ZONE p.zone)::date AS day) AS l
        LEFT JOIN people_calendar k ON k.id = ({CALENDAR_OF.format(person="p.id")})
        LEFT JOIN LATERAL (
            SELECT l.day + n * %(way)s AS day FROM generate_series(0, {LONGEST_REST}) AS n
            WHERE {WORKS.format(day="(l.day + n * %(way)s)")} ORDER BY n LIMIT 1
        ) AS w ON true
    ) AS due JOIN people_person p ON p.id = due.person_id
    WHERE due.due_at > %(from_at)s AND due.due_at <= %(upto_at)s AND {_LOUD}
"""  # noqa: S608  (only our own SQL words)
_FRESH = (
    "NOT EXISTS (SELECT 1 FROM care_run r WHERE r.programme_id = %(programme)s "
    "AND r.person_id = f.person_id AND r.occasion = f.occasion)"
)
"""What has begun before is left out at once; a conflict is for another worker who begins the same just now."""
_CAPPED = """
    SELECT c.person_id, c.occasion, c.due_at FROM (
        SELECT f.*, row_number() OVER (
                   PARTITION BY f.person_id, date_trunc(%(period)s, f.due_at, 'UTC') ORDER BY f.due_at, f.occasion
               ) + (SELECT count(*) FROM care_run r WHERE r.programme_id = %(programme)s
                    AND r.person_id = f.person_id AND date_trunc(%(period)s, r.due_at, 'UTC')
                        = date_trunc(%(period)s, f.due_at, 'UTC')) AS nth
        FROM ({found}) AS f
    ) AS c WHERE c.nth <= %(entry_cap)s
"""


def statement(
    version: ProgrammeVersion, *, after: datetime, upto: datetime, each_day: bool = False
) -> tuple[str, dict[str, Any]]:
    """Return the SELECT (person_id, occasion, due_at) of what a version would begin between two instants.

    What has begun, refusals, sensitive times, days off and the cap of entries are taken into account. The audience is
    that of the day of `upto`; with `each_day` that of the very day of each occurrence, for a dry run over a long time.
    """
    moment, moves = MOMENTS.get(version.programme.moment), version.on_free_day != FreeDay.SAME
    rest = timedelta(days=LONGEST_REST + 1) if moves else timedelta()
    found = moment.between(after=after - rest, upto=upto + rest, hour=version.hour, settings=version.settings)
    audience = audience_sql(rule=version.rule, day=upto.date())
    where = audience.where.replace("%(day)s", "due.due_at::date") if each_day else audience.where
    sql = f"{found.sql} AND due.refused_at IS NULL AND {'true' if moves else _LOUD} AND ({where})"
    if not found.unique:
        sql = f"SELECT DISTINCT ON (person_id, occasion) f.* FROM ({sql}) AS f ORDER BY person_id, occasion, due_at"  # noqa: S608
    params = {**audience.params, **found.params, "programme": version.programme_id}
    if moves:
        sql = _ON_WORKING_DAYS.format(found=sql)
        way = 1 if version.on_free_day == FreeDay.NEXT else -1
        params |= {"way": way, "from_at": after, "upto_at": upto, "calendar_day": upto.date()}
    sql = f"SELECT f.person_id, f.occasion, f.due_at FROM ({sql}) AS f WHERE {_FRESH}"  # noqa: S608
    if version.entry_cap:
        sql = _CAPPED.format(found=sql)
        params |= {"entry_cap": version.entry_cap, "period": version.period}
    return sql, params


def programmes() -> QuerySet[Programme]:
    """Return every programme with the version that holds."""
    return Programme.objects.select_related("current", "current__programme").order_by("id")


def visible_to(*, roles: Collection[str]) -> QuerySet[Programme]:
    """Return the programmes that people with these roles keep: HR all, a shop those of its own."""
    return programmes() if CARERS & set(roles) else programmes().filter(keeper__in=list(roles))


def draft_of(programme: Programme) -> ProgrammeVersion | None:
    """Return the version that is being written or looked at."""
    rows = programme.versions.filter(state__in=(VersionState.DRAFT, VersionState.REVIEW))
    return rows.select_related("programme").first()


def runs_of(programme: Programme) -> QuerySet[Run]:
    """Return a programme's runs, newest first."""
    return programme.runs.select_related("person", "version").order_by("-id")


def inside(programme: Programme) -> int:
    """Return how many people are inside a programme now."""
    return programme.runs.filter(Q(state="due") | Q(state="waiting")).count()


def steps_done(*, kindness: str, since: datetime, until: datetime) -> QuerySet[StepDone]:
    """Return the steps of a kindness done from `since` to before `until`, newest first."""
    rows = StepDone.objects.filter(kindness=kindness, at__gte=since, at__lt=until)
    return rows.select_related("run__programme").order_by("-at", "-id")
