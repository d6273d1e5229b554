"""The tables of the organization's identity: every change is a version of its own, and the logos they name."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Change(models.TextChoices):
    """What a version changed."""

    NAME = "name"
    LANGUAGES = "languages"
    PLACE = "place"
    LOGO = "logo"
    THEME = "theme"
    ROOMS = "rooms"


class Logo(models.Model):
    """A logo as we made it from an upload: PNG, at most 512 pixels each way. Kept here, so every machine has it."""

    sha256 = models.CharField(max_length=64, unique=True)
    png = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    at = models.DateTimeField()


class IdentityVersion(models.Model):
    """The organization's identity from `at` on; the newest counts. Rows are never changed.

    `languages` are offered to readers, the first is for those who asked for none of them; empty: all.
    `zone` is that of visitors. `light`, `dark`, `font`, `radius` are a theme's `Tokens`; empty: the default.
    `closed` names the capabilities that are not in use. `by_id` None: the set-up, before anybody could sign in.
    """

    version = models.PositiveIntegerField(unique=True)
    changed = models.CharField(max_length=12, choices=Change.choices)
    name = models.CharField(max_length=200, blank=True, default="")
    languages = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    zone = models.CharField(max_length=50, blank=True, default="")
    logo = models.ForeignKey(Logo, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    light = models.JSONField(default=dict, blank=True)
    dark = models.JSONField(default=dict, blank=True)
    font = models.CharField(max_length=60, blank=True, default="")
    radius = models.PositiveSmallIntegerField(default=10)
    closed = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
