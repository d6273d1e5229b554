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


class Saying(models.Model):
    """Words of a thread: the author's, or (`by` names who) ours. Only the Monday of the week is known."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="sayings")
    by_id = models.BigIntegerField(null=True)
    text = models.TextField()
    week = models.DateField()
