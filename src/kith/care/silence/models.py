"""The table of when somebody was last there."""

from django.db import models

from kith.people.persons.models import Person


class Presence(models.Model):
    """A person was last signed in at `at`; sessions are forgotten when they end, this stays until they are heard of."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="care_presence_at")]
