"""The table of gift offers."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.people.persons.models import Person


class GiftOffer(models.Model):
    """A person may choose one gift within a budget until a day; `gift` is what the giver ordered ("order:7")."""

    public_id = PublicIdField()
    run_id = models.BigIntegerField(unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="gift_offers")
    budget = models.DecimalField(max_digits=20, decimal_places=4)
    currency = models.CharField(max_length=3)
    offered_at = models.DateTimeField()
    until = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True)
    gift = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["person", "until"])]
