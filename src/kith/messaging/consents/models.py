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


class ConsentEntry(models.Model):
    """One word of a person on a class of messages, kept as proof: only ever added to; the newest one is in force.

    `words` is the sentence that was shown, in `language`; `by_id` who recorded it (None: the link in a mail).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consent_entries")
    message_class = models.CharField(max_length=14)
    given = models.BooleanField()
    at = models.DateTimeField()
    source = models.CharField(max_length=10)
    text_version = models.CharField(max_length=20)
    words = models.CharField(max_length=400)
    language = models.CharField(max_length=20)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="consent_entries_of")]


class Reach(models.Model):
    """How and when a person wants to be reached; who has no row has the hours of everybody and gets mail.

    Hours are whole ones of the person's own zone: mail that can wait comes from `day_begins` on and before
    `day_ends`. Without `service_by_mail` what concerns daily work stands in the inbox only. With `push_first` a
    device of theirs is told before a mail is written. Digests come at `digest_hour`, weekly ones on the ISO day
    `digest_weekday` (1: Monday).
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="reach")
    day_begins = models.PositiveSmallIntegerField(default=7)
    day_ends = models.PositiveSmallIntegerField(default=21)
    service_by_mail = models.BooleanField(default=True)
    push_first = models.BooleanField(default=False)
    digest_hour = models.PositiveSmallIntegerField(default=8)
    digest_weekday = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reach_leaves_four_hours",
                condition=models.Q(day_ends__lte=24, day_ends__gte=models.F("day_begins") + 4),
            ),
            models.CheckConstraint(
                name="reach_digest_hour",
                condition=models.Q(digest_hour__lte=23, digest_weekday__gte=1, digest_weekday__lte=7),
            ),
        ]


class Every(models.TextChoices):
    """How often a person is told of a class of messages; who said nothing is told at once."""

    DAILY = "daily"
    WEEKLY = "weekly"


class DigestChoice(models.Model):
    """A person wants a class of messages in one mail a day, or a week."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="digest_choices")
    message_class = models.CharField(max_length=14)
    every = models.CharField(max_length=6, choices=Every.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "message_class"], name="digest_choice_once")]
