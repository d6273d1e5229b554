"""The tables of campaigns, terms and limits. Terms are versions: what happened keeps the one it ran under."""

from decimal import Decimal

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField
from kith.people.persons.models import Person
from kith.people.segments.models import Segment


class Campaign(models.Model):
    """A question to a segment (none: to every employee), open until a time; `owner` answers and decides its budget."""

    public_id = PublicIdField()
    title = TextField()
    question = TextField()
    segment = models.ForeignKey(Segment, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    budget = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["closes_at"])]
        constraints = [
            models.CheckConstraint(name="campaign_opens_first", condition=models.Q(opens_at__lt=models.F("closes_at"))),
            models.CheckConstraint(
                name="campaign_budget_in_a_currency", condition=models.Q(budget__isnull=True) | ~models.Q(currency="")
            ),
        ]


class Terms(models.Model):
    """One version of the terms of a campaign, or (without one) of the house.

    Days are working days of whoever owes it, eight hours of their working time each. `staff_amount` and
    `manager_amount` are what somebody may decide by themselves, in `currency`. `points` go to every author of an idea
    that was put into practice. `done_public` shows what was done to visitors too.
    """

    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.CASCADE, related_name="terms")
    version = models.PositiveIntegerField()
    receipt_days = models.PositiveSmallIntegerField(default=7)
    answer_days = models.PositiveSmallIntegerField(default=90)
    do_days = models.PositiveSmallIntegerField(default=60)
    staff_amount = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal)
    manager_amount = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal)
    currency = models.CharField(max_length=3, blank=True, default="")
    points = models.PositiveIntegerField(default=100)
    done_public = models.BooleanField(default=False)
    made_by_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "version"], name="terms_version_once", nulls_distinct=False),
            models.CheckConstraint(
                name="terms_clocks",
                condition=models.Q(receipt_days__range=(1, 60), answer_days__range=(1, 260), do_days__range=(1, 780)),
            ),
        ]


class Limit(models.Model):
    """What a person may decide by themselves from a day on, whatever the terms say; the newest in force counts."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3)
    valid_from = models.DateField()
    set_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "valid_from"], name="limit_once_a_day")]
