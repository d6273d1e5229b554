"""Reads of calendars: who works when, who is away, who stands in."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from kith.kernel.clock import local_date
from kith.people.calendars.models import Absence, Calendar, Deputy, Holiday
from kith.people.calendars.working import OFFICE, WorkingTime
from kith.people.persons.models import Person


def working_time(*, calendar: Calendar | None, zone: str, around: date) -> WorkingTime:
    """Return the working time of a calendar with its holidays from a month before to two years after `around`."""
    if calendar is None:
        return WorkingTime(zone=zone, intervals=OFFICE)
    intervals = {
        int(day): tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in pairs)
        for day, pairs in calendar.intervals.items()
    }
    free = Holiday.objects.filter(
        calendar=calendar, date__range=(around - timedelta(days=31), around + timedelta(days=740))
    ).values_list("date", flat=True)
    return WorkingTime(zone=zone, intervals=intervals or OFFICE, free=frozenset(free))


def absent_ids(*, person_ids: Collection[int], at: datetime) -> set[int]:
    """Return those of the persons who are away at `at`, each by the date in their own zone. One query."""
    day = at.date()
    rows = Absence.objects.filter(
        person_id__in=person_ids, since__lte=day + timedelta(days=1), until__gte=day - timedelta(days=1)
    ).values_list("person_id", "person__zone", "since", "until")
    return {person_id for person_id, zone, since, until in rows if since <= local_date(at, zone) <= until}


def is_absent(*, person_id: int, at: datetime) -> bool:
    """Say whether one person is away at `at`."""
    return bool(absent_ids(person_ids=[person_id], at=at))


def stand_ins(*, person_ids: Collection[int], at: datetime) -> dict[int, int | None]:
    """Return for each person the first deputy by rank who is active and present, None where there is none."""
    rows = list(
        Deputy.objects.filter(Q(deputy__deactivated_at__isnull=True), person_id__in=person_ids)
        .order_by("person_id", "rank", "id")
        .values_list("person_id", "deputy_id")
    )
    away = absent_ids(person_ids={deputy for _person, deputy in rows}, at=at)
    found: dict[int, int | None] = dict.fromkeys(person_ids)
    for person_id, deputy_id in rows:
        if found[person_id] is None and deputy_id not in away:
            found[person_id] = deputy_id
    return found


def deputies_of(*, person_id: int) -> list[Person]:
    """Return a person's deputies by rank."""
    return [d.deputy for d in Deputy.objects.filter(person_id=person_id).select_related("deputy")]


def local_today(*, person: Person, at: datetime) -> date:
    """Return the date at `at` where the person lives."""
    return at.astimezone(ZoneInfo(person.zone)).date()


def next_holidays(*, calendar: Calendar, day: date, limit: int) -> list[Holiday]:
    """Return the next `limit` holidays of a calendar from `day` on."""
    return list(Holiday.objects.filter(calendar=calendar, date__gte=day).order_by("date")[:limit])
