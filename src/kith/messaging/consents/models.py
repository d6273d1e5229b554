"""The table of consents."""

from django.db import models

from kith.people.persons.models import Person


class Consent(models.Model):
    """A person wants, or does not want, a class of messages: the last word counts.

    `source` says where it was said (page, mail), `text_version` which wording was agreed to.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    message_class = models.CharField(max_length=14)
    given = models.BooleanField()
    at = models.DateTimeField()
    source = models.CharField(max_length=10)
    text_version = models.CharField(max_length=20, default="1")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "message_class"], name="consent_once")]
