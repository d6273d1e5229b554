"""The tables of calendars, holidays, shifts, absences and deputies."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField
from kith.people.persons.models import Person


class Calendar(models.Model):
    """Working intervals per weekday ("0" Monday to "6" Sunday: [["08:00", "12:00"], …]) and holidays of a country.

    `intervals` count from the beginning of time until the day of the first version (`HoursVersion`), if there is one.
    """

    code = models.CharField(max_length=40, unique=True)
    country = models.CharField(max_length=2, blank=True, default="")
    intervals = models.JSONField(default=dict)


class HoursVersion(models.Model):
    """Other working intervals of a calendar from a day on, until the day of its next version.

    One whose day has come is never changed: what was promised and measured by it stays what it was.
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="versions")
    valid_from = models.DateField()
    intervals = models.JSONField(default=dict)
    set_by_id = models.BigIntegerField(null=True)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["valid_from"]
        constraints = [models.UniqueConstraint(fields=["calendar", "valid_from"], name="calendar_version_once")]


class Holiday(models.Model):
    """A day on which a calendar's people do not work."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="holidays")
    date = models.DateField()
    name = TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "date"], name="holiday_once")]


class Shift(models.Model):
    """A shift by wall clock; one whose end is not after its start ends the next day."""

    code = models.CharField(max_length=40, unique=True)
    name = TextField()
    starts = models.TimeField()
    ends = models.TimeField()


class Absence(models.Model):
    """A person is away on the days `since` to `until`, both included. The reason is nobody's business here."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    since = models.DateField()
    until = models.DateField()
    recorded_by_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "until"])]
        constraints = [
            models.CheckConstraint(name="absence_ends_after_start", condition=models.Q(until__gte=models.F("since")))
        ]


class Deputy(models.Model):
    """Who stands in for a person while that person is away, first by `rank`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="deputy_for")
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "deputy"], name="deputy_once"),
            models.CheckConstraint(name="deputy_is_another", condition=~models.Q(person=models.F("deputy"))),
        ]
