"""The tables of preferences: what a person said of themselves, and how they want care."""

from django.db import models

from kith.people.persons.models import Person


class PreferenceKind(models.TextChoices):
    """What a person says of themselves."""

    LIKE = "like"
    DISLIKE = "dislike"
    ALLERGY = "allergy"
    SIZE = "size"
    CHARITY = "charity"


class Preference(models.Model):
    """One thing a person said; asked again after it expires."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=10, choices=PreferenceKind.choices)
    value = models.CharField(max_length=100)
    expires_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "value"], name="preference_once")]


class Wishes(models.Model):
    """How a person wants care: at which local `hour` (None: the programme's), or not at all since `refused_at`.

    `said_on` is the day they last said what they like; after a year they are asked again.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="wishes", primary_key=True)
    hour = models.PositiveSmallIntegerField(null=True)
    refused_at = models.DateTimeField(null=True)
    said_on = models.DateField(null=True)

    class Meta:
        db_table = "care_wishes"
        constraints = [
            models.CheckConstraint(
                name="wishes_hour_of_the_day",
                condition=models.Q(hour__isnull=True) | models.Q(hour__range=(6, 21)),
            )
        ]
