"""Writes of calendars."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, Refusal
from kith.people.calendars.facts import AbsenceRecorded, HoursChanged
from kith.people.calendars.hours import checked
from kith.people.calendars.models import Absence, Calendar, Deputy, Holiday, HoursVersion
from kith.people.calendars.public_holidays import public_holidays
from kith.people.persons.models import Person

EARLIEST_ANYWHERE = timedelta(hours=14)
"""No place on earth is further ahead of UTC: a day that has begun nowhere has begun for no calendar."""
LATEST = timedelta(days=3660)


def record_absence(*, person: Person, since: date, until: date, at: datetime, by_id: int | None) -> Absence:
    """Record that a person is away on the days from `since` to `until`, both included."""
    if until < since:
        raise BadInput(_("The last day lies before the first."), field="until")
    if (until - since).days > 3660:  # noqa: PLR2004  (ten years)
        raise BadInput(_("An absence lasts at most ten years."), field="until")
    with transaction.atomic():
        absence = Absence.objects.create(person=person, since=since, until=until, recorded_by_id=by_id, recorded_at=at)
        publish(AbsenceRecorded(absence_id=absence.pk, person_id=person.pk), at=at, by_id=by_id)
    return absence


def set_deputies(*, person: Person, deputies: list[Person]) -> None:
    """Let `deputies`, first to last, stand in for a person."""
    if any(deputy.pk == person.pk for deputy in deputies):
        raise BadInput(_("Nobody can be their own deputy."), field="deputies")
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        Deputy.objects.filter(person=person).delete()
        Deputy.objects.bulk_create(
            [Deputy(person=person, deputy=deputy, rank=rank) for rank, deputy in enumerate(deputies, start=1)]
        )


def open_calendar(*, code: str, country: str, intervals: dict[str, list[list[str]]], day: date) -> Calendar:
    """Open a calendar with its country's public holidays from the year before `day` to the second after.

    `intervals` are working hours per weekday, "0" Monday to "6" Sunday: `{"0": [["08:00", "17:00"]], …}`.
    """
    with transaction.atomic():
        if Calendar.objects.filter(code=code).exists():
            raise BadInput(_("There is a calendar “%s” already.") % code[:40], field="code")
        calendar = Calendar.objects.create(code=code, country=country, intervals=intervals)
        known = public_holidays(country=country, years=range(day.year - 1, day.year + 3))
        Holiday.objects.bulk_create([Holiday(calendar=calendar, date=each, name=name) for each, name in known])
    return calendar


def first_day_to_change(at: datetime) -> date:
    """Return the first day that has begun nowhere on earth at `at`: hours may change from it on."""
    return (at + EARLIEST_ANYWHERE).date() + timedelta(days=1)


def change_hours(
    *,
    calendar: Calendar,
    valid_from: date,
    week: Mapping[int, Sequence[Sequence[str]]],
    at: datetime,
    by_id: int | None,
) -> HoursVersion:
    """Let a calendar have other working hours from a day on that has not begun; a second time on that day corrects it.

    `week` are spans by weekday, 0 Monday: `{0: [["08:00", "12:00"], ["13:00", "17:00"]]}`. What was promised, and
    what was measured before that day, stays as it was.
    """
    first = first_day_to_change(at)
    if not first <= valid_from <= first + LATEST:
        raise BadInput(
            _("Hours change from %(day)s on at the earliest: what was promised and measured by the old ones stays.")
            % {"day": first.isoformat()},
            field="valid_from",
        )
    with transaction.atomic():
        kept = Calendar.objects.select_for_update().get(pk=calendar.pk)
        version, _fresh = HoursVersion.objects.update_or_create(
            calendar=kept,
            valid_from=valid_from,
            defaults={"intervals": checked(week), "set_by_id": by_id, "set_at": at},
        )
        publish(HoursChanged(calendar_id=kept.pk, version_id=version.pk), at=at, by_id=by_id)
    return version


def drop_change(*, version: HoursVersion, at: datetime) -> None:
    """Take back a change of hours whose day has not begun; one that has is refused."""
    with transaction.atomic():
        Calendar.objects.select_for_update().get(pk=version.calendar_id)
        if version.valid_from < first_day_to_change(at):
            raise Refusal(_("These hours are in force already. Let others follow them from a later day on."))
        HoursVersion.objects.filter(pk=version.pk).delete()
