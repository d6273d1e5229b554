"""The table of dates that end something."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kith.kernel.identifiers import PublicIdField
from kith.people.persons.models import Person


class TermKind(models.TextChoices):
    """What ends."""

    RETIREMENT = "retirement", _("Retirement")
    CONTRACT = "contract", _("Contract")
    INSURANCE = "insurance", _("Insurance")


class Term(models.Model):
    """Something of a person ends on the day `ends_on`: the last day of work, of a contract, of an insurance."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=TermKind.choices)
    ends_on = models.DateField()
    recorded_by_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "ends_on"], name="care_term_ends")]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "ends_on"], name="care_term_once")]
