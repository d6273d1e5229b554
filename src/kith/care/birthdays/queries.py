"""Reads of birthdays that may be known."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from kith.care.birthdays.dates import celebrated_between
from kith.people.persons.models import BirthdayVisibility, Person


def birthdays_among(*, people: QuerySet[Person], day: date, ahead: int = 1) -> list[Person]:
    """Return those of `people` who celebrate on `day` or up to `ahead` days later and let their team know it."""
    wanted = Q(pk__in=[])
    for births in celebrated_between(day, day + timedelta(days=ahead)):
        one = Q(birth_month=births.month, birth_day=births.day_of_month, birthday_calendar=births.calendar)
        wanted |= one & Q(leap_day=births.leap_day) if births.leap_day else one
    known = people.filter(birthday_visibility__in=(BirthdayVisibility.TEAM, BirthdayVisibility.ALL))
    return list(known.filter(wanted).order_by("sort_key", "id"))
