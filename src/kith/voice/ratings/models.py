"""The table of ratings."""

from django.db import models

from kith.people.persons.models import Person

FEWEST, MOST = 1, 5


class Rating(models.Model):
    """A person's rating of a subject (stored `kind:id`): one to five stars and words. One a person, the last counts."""

    subject = models.CharField(max_length=80)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "person"], name="rating_once"),
            models.CheckConstraint(name="rating_stars", condition=models.Q(stars__range=(FEWEST, MOST))),
        ]
