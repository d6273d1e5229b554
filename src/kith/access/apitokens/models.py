"""The table of bearer tokens."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.people.persons.models import Person


class ApiToken(models.Model):
    """A program's key to act for a person within `scopes`; only its SHA-256 is kept.

    `epoch` is the login's when it was issued: the token ends with the person's sessions. `employed` was true
    then: it ends with the employment.
    """

    public_id = PublicIdField()
    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    epoch = models.PositiveIntegerField(default=0)
    employed = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
