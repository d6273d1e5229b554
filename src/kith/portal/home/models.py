"""The tables of home: defaults for an audience, and each person's own arrangement."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kith.people.persons.models import Person
from kith.people.segments.models import Segment


class HomeDefault(models.Model):
    """What an audience sees first: families of cards in their order, and those hidden unless a person wants them.

    Without a segment it is the organization's own, for whoever is in no audience that has one. `pinned` families
    stand first in their part of home and cannot be hidden. Of several audiences the one with the lowest key counts.
    """

    segment = models.OneToOneField(
        Segment, null=True, blank=True, on_delete=models.CASCADE, related_name="home_default"
    )
    order = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    hidden = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    pinned = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), name="home_default_of_all_once", condition=models.Q(segment__isnull=True)
            )
        ]


class Arrangement(models.Model):
    """A person's own order of cards and what they hid or brought back; the rest follows the defaults."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="home_arrangement")
    order = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    hidden = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    shown = ArrayField(models.CharField(max_length=100), default=list, blank=True)
