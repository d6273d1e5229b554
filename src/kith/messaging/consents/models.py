"""The tables of consents, and of how and when a person wants to be reached."""

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


class Reach(models.Model):
    """How and when a person wants to be reached; who has no row has the hours of everybody and gets mail.

    Hours are whole ones of the person's own zone: mail that can wait comes from `day_begins` on and before
    `day_ends`. Without `service_by_mail` what concerns daily work stands in the inbox only.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="reach")
    day_begins = models.PositiveSmallIntegerField(default=7)
    day_ends = models.PositiveSmallIntegerField(default=21)
    service_by_mail = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reach_leaves_four_hours",
                condition=models.Q(day_ends__lte=24, day_ends__gte=models.F("day_begins") + 4),
            )
        ]
