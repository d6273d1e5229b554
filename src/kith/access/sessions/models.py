"""The table of sessions."""

from django.db import models

from kith.access.kiosks.models import Kiosk
from kith.access.logins.models import Login
from kith.people.persons.models import Person


class Session(models.Model):
    """One browser. The key in its cookie is kept as SHA-256 only.

    `epoch` and `roles` (codes, sorted, with commas) are those of the login when the key was made: another
    epoch ends the session, other roles give it a new key. `employed` was true at sign-in: it ends with the
    employment. A visitor's session has no login.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    data = models.JSONField(default=dict)
    login = models.ForeignKey(Login, null=True, on_delete=models.CASCADE, related_name="sessions")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    kiosk = models.ForeignKey(Kiosk, null=True, on_delete=models.CASCADE, related_name="sessions")
    epoch = models.PositiveIntegerField(default=0)
    roles = models.CharField(max_length=400, blank=True, default="")
    employed = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"])]
