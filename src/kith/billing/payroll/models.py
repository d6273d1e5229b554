"""The tables of payroll deduction."""

from django.db import models
from django.db.models import Q

from kith.billing.payments.models import Payment
from kith.kernel.texts import TextField
from kith.people.organizations.models import Organization
from kith.people.persons.models import Person


class PayrollPlan(models.Model):
    """What a company allows: how much a month may be taken, and the words a person agrees to.

    One version of a company's plan is current; a deduction pins the one it was agreed under.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="payroll_plans")
    version = models.PositiveIntegerField(default=1)
    currency = models.CharField(max_length=3)
    limit_a_month = models.DecimalField(max_digits=20, decimal_places=4)
    consent = TextField()
    closes_on_day = models.PositiveSmallIntegerField(default=20)
    is_current = models.BooleanField(default=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "version"], name="payroll_plan_version_once"),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(is_current=True), name="payroll_plan_one_current"
            ),
            models.CheckConstraint(condition=Q(limit_a_month__gt=0), name="payroll_plan_has_a_limit"),
            models.CheckConstraint(condition=Q(closes_on_day__range=(1, 28)), name="payroll_plan_closes_on_a_day"),
        ]


class PayrollDeduction(models.Model):
    """An amount to be taken from the salary of `month` (its first day); negative gives back what was taken.

    `consent_text` is the sentence agreed to, word for word, in `consent_language`.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="payroll_deductions")
    plan = models.ForeignKey(PayrollPlan, on_delete=models.PROTECT, related_name="deductions")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="deductions")
    month = models.DateField()
    amount = models.DecimalField(max_digits=20, decimal_places=4)
    consent_text = models.TextField(blank=True, default="")
    consent_language = models.CharField(max_length=20, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "month"])]
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="payroll_month_is_a_first")]
