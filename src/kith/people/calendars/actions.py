"""Writes of calendars."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput
from kith.people.calendars.facts import AbsenceRecorded
from kith.people.calendars.models import Absence, Calendar, Deputy, Holiday
from kith.people.calendars.public_holidays import public_holidays
from kith.people.persons.models import Person


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
