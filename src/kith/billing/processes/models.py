"""The table of payment processes."""

from django.db import models
from django.db.models import Q

from kith.kernel.texts import TextField


class PaymentProcess(models.Model):
    """One version of a payment process; exactly one version of a code is `is_current`, and none ever changes.

    `steps` is a list in the order offered, each `{"method": "payroll", "segment": "employees" | null,
    "at_least": "0" | null, "at_most": "5000000" | null, "days": 14 | null}`: the way of paying, the code of the
    segment it is for, the amounts it is for, and the days a bill gives.
    """

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    name = TextField()
    currency = models.CharField(max_length=3)
    steps = models.JSONField(default=list)
    is_current = models.BooleanField(default=True)
    saved_at = models.DateTimeField()
    saved_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="payment_process_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(is_current=True), name="payment_process_one_current"),
        ]
