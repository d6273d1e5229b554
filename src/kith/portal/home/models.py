"""The tables of home: defaults for an audience, and each person's own arrangement."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kith.people.persons.models import Person
from kith.people.segments.models import Segment


class HomeDefault(models.Model):
    """What an audience sees first: cards by key in their order, and those hidden unless a person wants them."""

    segment = models.OneToOneField(Segment, on_delete=models.CASCADE, related_name="home_default")
    order = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    hidden = ArrayField(models.CharField(max_length=100), default=list, blank=True)


class Arrangement(models.Model):
    """A person's own order of cards and what they hid or brought back; the rest follows the defaults."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="home_arrangement")
    order = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    hidden = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    shown = ArrayField(models.CharField(max_length=100), default=list, blank=True)
