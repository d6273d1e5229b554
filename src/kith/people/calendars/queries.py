"""Reads of calendars: who works when, who is away, who stands in."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from kith.kernel.clock import local_date
from kith.people.calendars.hours import parsed
from kith.people.calendars.models import Absence, Calendar, Deputy, Holiday, HoursVersion
from kith.people.calendars.working import OFFICE, Change, Intervals, WorkingTime
from kith.people.persons.models import Person

HOLIDAYS_BEFORE = timedelta(days=400)
HOLIDAYS_AFTER = timedelta(days=740)


@dataclass(frozen=True)
class Hours:
    """The working hours of a calendar: those it began with, each change by its first day, and its free days."""

    intervals: Intervals
    changes: tuple[Change, ...] = ()
    free: frozenset[date] = field(default_factory=frozenset)

    def working(self, zone: str) -> WorkingTime:
        """Return them as the working time of a zone."""
        return WorkingTime(zone=zone, intervals=self.intervals, free=self.free, changes=self.changes)

    def by_shift(self, starts: time, ends: time) -> "Hours":
        """Return the hours of those who work a shift on the calendar's working days, whatever its hours are."""

        def shifted(week: Intervals) -> Intervals:
            return {day: ((starts, ends),) for day, spans in week.items() if spans}

        changes = tuple((first, shifted(week)) for first, week in self.changes)
        return Hours(intervals=shifted(self.intervals), changes=changes, free=self.free)


def hours_of(*, calendar_ids: Collection[int], around: date) -> dict[int, Hours]:
    """Return the hours of calendars, with holidays from 400 days before `around` to two years after. Three queries."""
    stored = dict(Calendar.objects.filter(pk__in=calendar_ids).values_list("id", "intervals"))
    changes: dict[int, list[Change]] = {}
    versions = HoursVersion.objects.filter(calendar_id__in=calendar_ids).order_by("valid_from")
    for key, first, intervals in versions.values_list("calendar_id", "valid_from", "intervals"):
        changes.setdefault(key, []).append((first, parsed(intervals)))
    free: dict[int, set[date]] = {}
    known = (around - HOLIDAYS_BEFORE, around + HOLIDAYS_AFTER)
    holidays = Holiday.objects.filter(calendar_id__in=calendar_ids, date__range=known)
    for key, day in holidays.values_list("calendar_id", "date"):
        free.setdefault(key, set()).add(day)
    return {
        key: Hours(
            intervals=parsed(intervals) or OFFICE,
            changes=tuple(changes.get(key, ())),
            free=frozenset(free.get(key, ())),
        )
        for key, intervals in stored.items()
    }


def working_time(*, calendar: Calendar | None, zone: str, around: date) -> WorkingTime:
    """Return the working time of a calendar in a zone, office hours without one; holidays as in `hours_of`."""
    if calendar is None:
        return WorkingTime(zone=zone, intervals=OFFICE)
    return hours_of(calendar_ids=[calendar.pk], around=around)[calendar.pk].working(zone)


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


def changes_to_come(*, calendar_ids: Collection[int], day: date) -> list[HoursVersion]:
    """Return the changes of hours in force from after `day` on, by their first day."""
    return list(HoursVersion.objects.filter(calendar_id__in=calendar_ids, valid_from__gt=day).order_by("valid_from"))
