"""Who is in service, who is away until when, and when somebody works: what promises ask people about.

In service is a person who is neither deactivated nor merged into another and whose employment, if there ever was
one, has not ended. Days are the person's own.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q

from kith.kernel.clock import at_local, local_date
from kith.people.calendars.models import Absence, Deputy
from kith.people.calendars.queries import hours_of
from kith.people.calendars.working import OFFICE, WorkingTime
from kith.people.persons.models import Person
from kith.people.ties.models import Assignment, Tie, TieKind
from kith.people.ties.queries import in_force, managers_of

LONGEST_AWAY = 740
Spans = Iterable[tuple[date, date]]


@dataclass(frozen=True)
class Service:
    """Whether a person serves, and if not: since which day no more, and who took their place by a merge."""

    serving: bool
    zone: str
    last_day: date | None = None
    successor: int | None = None


def service_of(*, person_ids: Collection[int], at: datetime) -> dict[int, Service]:
    """Return the service of each known person at `at`. One query."""
    employed = Tie.objects.filter(person=OuterRef("pk"), kind=TieKind.EMPLOYEE)
    rows = (
        Person.objects.filter(pk__in=person_ids)
        .annotate(
            ever=Exists(employed),
            unended=Exists(employed.filter(until__isnull=True)),
            last=Max("ties__until", filter=Q(ties__kind=TieKind.EMPLOYEE)),
        )
        .values_list("id", "zone", "deactivated_at", "merged_into_id", "ever", "unended", "last")
    )
    found = {}
    for key, zone, deactivated_at, merged_into, ever, unended, last in rows:
        left = ever and not unended and last < local_date(at, zone)
        found[key] = Service(
            serving=deactivated_at is None and merged_into is None and not left,
            zone=zone,
            last_day=last if left else None,
            successor=merged_into,
        )
    return found


def serving_ids(*, person_ids: Collection[int], at: datetime) -> set[int]:
    """Return those of the persons who are in service at `at`."""
    return {key for key, service in service_of(person_ids=person_ids, at=at).items() if service.serving}


def last_day_away(spans: Spans, day: date) -> date | None:
    """Return the last day of being away for someone away on `day` (adjoining spans are one), None when present.

    Spans are (first, last) days, both included.
    """
    last: date | None = None
    for since, until in sorted(spans):
        reached = last + timedelta(days=1) if last else day
        if since <= reached and until >= day:
            last = max(last, until) if last else until
    return last


def away_until(*, zones: dict[int, str], at: datetime) -> dict[int, datetime]:
    """Return for those of the persons (with their zones) who are away at `at` the instant they are back. One query."""
    rows = Absence.objects.filter(person_id__in=zones, until__gte=at.date() - timedelta(days=1))
    spans: dict[int, list[tuple[date, date]]] = {}
    for person_id, since, until in rows.values_list("person_id", "since", "until"):
        spans.setdefault(person_id, []).append((since, until))
    found = {}
    for person_id, theirs in spans.items():
        if last := last_day_away(theirs, local_date(at, zones[person_id])):
            found[person_id] = at_local(last + timedelta(days=1), 0, 0, zones[person_id])
    return found


def deputies_of(*, person_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return everybody's deputies, first by rank. One query."""
    found: dict[int, tuple[int, ...]] = {}
    rows = Deputy.objects.filter(person_id__in=person_ids).order_by("person_id", "rank", "id")
    for person_id, deputy_id in rows.values_list("person_id", "deputy_id"):
        found[person_id] = (*found.get(person_id, ()), deputy_id)
    return found


def managers(*, services: dict[int, Service], at: datetime) -> dict[int, int | None]:
    """Return everybody's line manager, of leavers the one on their last day. One query a day asked about."""
    by_day: dict[date, list[int]] = {}
    for person_id, service in services.items():
        by_day.setdefault(service.last_day or local_date(at, service.zone), []).append(person_id)
    found: dict[int, int | None] = {}
    for day, person_ids in by_day.items():
        found.update(managers_of(person_ids=person_ids, day=day))
    return found


def working_times(*, person_ids: Collection[int], at: datetime) -> dict[int, WorkingTime]:
    """Return when each person works: by shift, else by the calendar of their site, in its zone; else office hours.

    A shift's hours count on the calendar's working days. Changes of hours to come are known by their day, holidays
    from 400 days before `at` to two years after. Five queries for any number.
    """
    zones = dict(Person.objects.filter(pk__in=person_ids).values_list("id", "zone"))
    found = {key: WorkingTime(zone=zone, intervals=OFFICE) for key, zone in zones.items()}
    day = at.date()
    placed = (
        Assignment.objects.filter(
            in_force(day), in_force(day, "tie__"), tie__person_id__in=person_ids, tie__kind=TieKind.EMPLOYEE
        )
        .order_by("since", "id")
        .values_list("tie__person_id", "site__zone", "site__calendar_id", "shift__starts", "shift__ends")
    )
    sites = {person_id: (zone, calendar, begins, ends) for person_id, zone, calendar, begins, ends in placed}
    hours = hours_of(calendar_ids={calendar for _zone, calendar, _begins, _ends in sites.values()}, around=day)
    for person_id, (zone, calendar_id, starts, ends) in sites.items():
        theirs = hours[calendar_id]
        found[person_id] = (theirs if starts is None else theirs.by_shift(starts, ends)).working(zone)
    return found


def present_times(*, person_ids: Collection[int], at: datetime) -> dict[int, WorkingTime]:
    """Return when each person works and is there: days of recorded absences from `at` on are free. Six queries."""
    away: dict[int, set[date]] = {}
    rows = Absence.objects.filter(person_id__in=person_ids, until__gte=at.date() - timedelta(days=1))
    for person_id, since, until in rows.values_list("person_id", "since", "until"):
        first = max(since, at.date() - timedelta(days=1))
        days = range(min((until - first).days + 1, LONGEST_AWAY))
        away.setdefault(person_id, set()).update(first + timedelta(days=number) for number in days)
    times = working_times(person_ids=person_ids, at=at)
    return {key: replace(each, free=each.free | away.get(key, set())) for key, each in times.items()}
