"""Payroll deduction as a way to pay, and the writes of its plan."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.billing.payments import actions as payments
from kith.billing.payroll.models import PayrollDeduction, PayrollPlan
from kith.billing.payroll.queries import deducted, plan_for
from kith.billing.payroll.rules import month_of
from kith.billing.processes.methods import METHODS, Asked
from kith.kernel.money import Money
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.texts import Text
from kith.people.organizations.models import Organization
from kith.portal.shell import words


class Payroll:
    """Pay from the next salary: within the month's limit, with consent word for word, captured at once."""

    label = gettext_lazy("From my salary")
    hint = gettext_lazy("The amount is taken from your next salary.")
    needs_sign_in = True

    def problem(self, asked: Asked) -> str:
        """Say why the amount cannot be taken from the salary."""
        plan = plan_for(person_id=asked.person_id, day=asked.at.date())
        if plan is None or plan.currency != asked.amount.currency:
            return _("Your company does not offer this. Choose another way of paying.")
        month = month_of(asked.at.date(), closes_on_day=plan.closes_on_day)
        left = plan.limit_a_month - deducted(person_id=asked.person_id, month=month)
        if asked.amount.amount > left:
            return _("Of %(limit)s a month you have %(left)s left. Buy less, or choose another way of paying.") % {
                "limit": words.money(Money(plan.limit_a_month, plan.currency)),
                "left": words.money(Money(max(left, Decimal(0)), plan.currency)),
            }
        return ""

    def consent(self, asked: Asked) -> str:
        """Return the plan's words with amount and month filled in."""
        plan = plan_for(person_id=asked.person_id, day=asked.at.date())
        return "" if plan is None else _words(plan, asked)

    def start(self, *, payment_id: int, asked: Asked) -> None:
        """Record deduction and consent, and capture."""
        plan = plan_for(person_id=asked.person_id, day=asked.at.date())
        if plan is None:
            raise Refusal(_("Your company does not offer this. Choose another way of paying."), field="method")
        if asked.details.get("consent") != "yes":
            raise BadInput(_("To pay from your salary, agree to the deduction."), field="consent")
        PayrollDeduction.objects.create(
            person_id=asked.person_id,
            plan=plan,
            payment_id=payment_id,
            month=month_of(asked.at.date(), closes_on_day=plan.closes_on_day),
            amount=asked.amount.amount,
            consent_text=_words(plan, asked),
            consent_language=plan.consent.language_for(asked.language),
            at=asked.at,
        )
        payments.capture(payment_id=payment_id, at=asked.at)

    def page(self, *, payment_key: str) -> str:
        """Nothing is left to do."""
        del payment_key
        return ""

    def refund(self, *, payment_id: int, amount: Money, at: datetime) -> None:
        """Give back with the salary that is still open: less is taken, or something is added."""
        taken = PayrollDeduction.objects.select_related("plan").filter(payment_id=payment_id).earliest("id")
        PayrollDeduction.objects.create(
            person_id=taken.person_id,
            plan=taken.plan,
            payment_id=payment_id,
            month=max(taken.month, month_of(at.date(), closes_on_day=taken.plan.closes_on_day)),
            amount=-amount.amount,
            at=at,
        )


def _words(plan: PayrollPlan, asked: Asked) -> str:
    month = month_of(asked.at.date(), closes_on_day=plan.closes_on_day)
    consent: str = plan.consent.in_language(asked.language)
    return consent.replace("{amount}", words.money(asked.amount)).replace("{month}", f"{month:%m/%Y}")


def save_plan(
    *,
    organization: Organization,
    currency: str,
    limit_a_month: Decimal,
    consent: Text,
    at: datetime,
    closes_on_day: int = 20,
) -> PayrollPlan:
    """Save the next version of a company's plan; deductions keep the version agreed under.

    `consent` may hold `{amount}` and `{month}`.
    """
    if limit_a_month <= 0:
        raise BadInput(_("The limit is an amount above zero."), field="limit_a_month")
    if not any(consent.values()):
        raise BadInput(_("Write the words that people agree to."), field="consent")
    with transaction.atomic():
        plans = PayrollPlan.objects.select_for_update().filter(organization=organization)
        last = plans.order_by("-version").first()
        plans.filter(is_current=True).update(is_current=False)
        return PayrollPlan.objects.create(
            organization=organization,
            version=last.version + 1 if last else 1,
            currency=currency,
            limit_a_month=limit_a_month,
            consent=consent,
            closes_on_day=closes_on_day,
            saved_at=at,
        )


METHODS.put("payroll", Payroll())
