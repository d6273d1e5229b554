"""The table of saved segments."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField


class Segment(models.Model):
    """A saved description of an audience. `rule` is the predicate as JSON (see `predicate.py`)."""

    public_id = PublicIdField()
    code = models.CharField(max_length=60, unique=True, null=True, blank=True)
    name = TextField()
    rule = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    created_by_id = models.BigIntegerField(null=True)
    updated_at = models.DateTimeField()
