"""The tables of the anonymous route. Nothing here, nor what it causes elsewhere, names a person, session or time."""

from django.db import models

from kith.voice.ideas.models import Idea


class Receipt(models.Model):
    """What stands for the author of an anonymous idea: a slow hash of the receipt, and nothing else.

    `told`: whoever owes the answer was told of the newest words (later, and not at the moment they were written).
    """

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="receipt")
    secret = models.CharField(max_length=64, unique=True)
    told = models.BooleanField(default=False)


class What(models.TextChoices):
    """What lies in the box: an idea, more words to one, or what its author says of the answer."""

    IDEA = "idea"
    SAYING = "saying"
    RATING = "rating"


class Sealed(models.Model):
    """Words that came without a name and wait in the box until it is opened, for all of a day at one fixed moment.

    Its key is random and no sequence counts it, and the box is stirred: neither keys nor the order of rows, here or
    in the tables where its words come to lie, tell when in the day they were written.
    """

    id = models.BigIntegerField(primary_key=True)
    what = models.CharField(max_length=6, choices=What.choices)
    secret = models.CharField(max_length=64, db_index=True)
    words = models.JSONField()
    opens_at = models.DateTimeField()


class Saying(models.Model):
    """Words of a thread: the author's, or (`by` names who) ours. Only the Monday of the week is known."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="sayings")
    by_id = models.BigIntegerField(null=True)
    text = models.TextField()
    week = models.DateField()
