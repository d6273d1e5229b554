"""Writes of persons."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.languages import tag
from kith.kernel.refusals import BadInput
from kith.people.persons.facts import PersonDeactivated, PersonRegistered
from kith.people.persons.models import BirthdayCalendar, BirthdayVisibility, LeapDay, Person


def check_zone(zone: str) -> str:
    """Return `zone` when it is an IANA time zone, else refuse."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(_("“%s” is not a time zone like Asia/Ho_Chi_Minh.") % zone[:60], field="zone") from error
    return zone


def register(
    *,
    full_name: str,
    at: datetime,
    preferred_name: str = "",
    language: str = "en",
    zone: str = "UTC",
    mailbox: str = "",
    phone: str = "",
    born: date | None = None,
    by_id: int | None = None,
) -> Person:
    """Make a human being known. `mailbox` stays unproven until a link sent there was used."""
    name = " ".join(full_name.split())
    if not 1 <= len(name) <= 200 or "\0" in name:  # noqa: PLR2004  (the column's length)
        raise BadInput(_("A name has 1 to 200 characters."), field="full_name")
    with transaction.atomic():
        person = Person.objects.create(
            full_name=name,
            preferred_name=preferred_name.strip()[:100],
            language=tag(language),
            zone=check_zone(zone),
            mailbox=mailbox.strip().lower(),
            phone=phone.strip(),
            birth_month=born.month if born else None,
            birth_day=born.day if born else None,
            birth_year=born.year if born else None,
            created_at=at,
        )
        publish(PersonRegistered(person_id=person.pk), at=at, by_id=by_id)
    return person


def deactivate(*, person: Person, at: datetime, by_id: int | None) -> None:
    """End a person's service at once; a second call changes nothing."""
    with transaction.atomic():
        kept = Person.objects.select_for_update().get(pk=person.pk)
        if kept.deactivated_at is None:
            kept.deactivated_at = at
            kept.save(update_fields=["deactivated_at"])
            publish(PersonDeactivated(person_id=kept.pk), at=at, by_id=by_id)


def set_birthday(
    *,
    person: Person,
    month: int | None,
    day: int | None,
    calendar: BirthdayCalendar,
    visibility: BirthdayVisibility,
    leap_day: LeapDay,
) -> Person:
    """Record when and how openly a person wants to be congratulated; `month` and `day` None: not at all."""
    if (month is None) != (day is None):
        raise BadInput(_("A birthday has a month and a day."), field="birth_day")
    if month is not None and day is not None:
        try:
            datetime(2028, month, day, tzinfo=UTC)
        except ValueError as error:
            raise BadInput(_("There is no such day."), field="birth_day") from error
    person.birth_month, person.birth_day = month, day
    person.birthday_calendar, person.birthday_visibility, person.leap_day = calendar, visibility, leap_day
    person.save(
        update_fields=[
            "birth_month", "birth_day", "birthday_calendar", "birthday_visibility", "leap_day", "sort_key",
        ]
    )  # fmt: skip
    return person


def set_preferences(*, person: Person, language: str, zone: str, preferred_name: str) -> Person:
    """Record the person's own language, zone and name to be called by."""
    person.language, person.zone = tag(language), check_zone(zone)
    person.preferred_name = " ".join(preferred_name.split())[:100]
    person.save(update_fields=["language", "zone", "preferred_name", "sort_key"])
    return person
