"""The table of one-time links."""

from django.db import models

from kith.people.persons.models import Person


class OneTimeToken(models.Model):
    """A link `/t/<token>/`; only the token's SHA-256 is kept.

    `purpose` names a thing on the shelf `PURPOSES`, `subject` is `kind:id` or "". `used_at` is the last use.
    With an `epoch` the link ends with the person's sessions.
    """

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=60)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=80, blank=True, default="")
    uses_left = models.PositiveSmallIntegerField(default=1)
    epoch = models.PositiveIntegerField(null=True, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"]), models.Index(fields=["person", "purpose"])]
