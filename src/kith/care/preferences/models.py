"""The table of preferences."""

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
