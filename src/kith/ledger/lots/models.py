"""The tables of the ledger. Rows are only ever added."""

from django.db import models

from kith.ledger.lots.steps import ANSWERING, Step


class Account(models.Model):
    """The lock of one holder and kind; it holds no value."""

    holder = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "kind"], name="account_once")]


class Lot(models.Model):
    """An amount given at once, usable from `valid_from` to `expires_on` (the last day; None: never ends).

    `holder` is a stored subject ("person:7"), `source` says where it came from ("annual-2027").
    """

    holder = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    source = models.CharField(max_length=120, blank=True, default="")
    valid_from = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["holder", "kind"]),
            models.Index(fields=["expires_on"], name="lot_ends", condition=models.Q(expires_on__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="lot_ends_after_start",
                condition=models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=models.F("valid_from")),
            )
        ]


class Entry(models.Model):
    """One step of a lot. `reference` is the stored subject it was done for; `reverses` is the entry it answers."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="entries")
    amount = models.DecimalField(max_digits=20, decimal_places=4)
    step = models.CharField(max_length=8, choices=[(step.value, step.value) for step in Step])
    reference = models.CharField(max_length=80, blank=True, default="")
    at = models.DateTimeField()
    effective_on = models.DateField()
    by_id = models.BigIntegerField(null=True)
    reverses = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="answers")

    class Meta:
        indexes = [
            models.Index(fields=["reference", "step"], name="entry_reference", condition=~models.Q(reference=""))
        ]
        constraints = [
            models.CheckConstraint(
                name="entry_amount_fits_step",
                condition=(models.Q(step=Step.ADJUST.value) & ~models.Q(amount=0))
                | (~models.Q(step=Step.ADJUST.value) & models.Q(amount__gt=0)),
            ),
            models.CheckConstraint(
                name="entry_step_is_known", condition=models.Q(step__in=[step.value for step in Step])
            ),
            models.CheckConstraint(
                name="entry_answers_one",
                condition=models.Q(step__in=[step.value for step in ANSWERING], reverses__isnull=False)
                | (~models.Q(step__in=[step.value for step in ANSWERING]) & models.Q(reverses__isnull=True)),
            ),
        ]
