"""Reads of payroll deduction: whose plan, how much of the month is left, what payroll has to take."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from kith.billing.payroll.models import PayrollDeduction, PayrollPlan
from kith.kernel.money import Money
from kith.people.ties.models import Tie, TieKind
from kith.people.ties.queries import in_force

NOTHING = Decimal(0)


def plan_for(*, person_id: int, day: date) -> PayrollPlan | None:
    """Return the current plan of the company that employs the person on `day`, None where there is none."""
    plans = PayrollPlan.objects.filter(
        in_force(day, "organization__ties__"),
        is_current=True,
        organization__ties__person_id=person_id,
        organization__ties__kind=TieKind.EMPLOYEE,
    )
    return plans.order_by("-organization__ties__since", "id").first()


def deducted(*, person_id: int, month: date) -> Decimal:
    """Return what is to be taken from the salary of `month` altogether, what was given back subtracted."""
    rows = PayrollDeduction.objects.filter(person_id=person_id, month=month)
    return rows.aggregate(sum=Sum("amount"))["sum"] or NOTHING


def of_person(*, person_id: int) -> QuerySet[PayrollDeduction]:
    """Return a person's deductions, the newest first."""
    return PayrollDeduction.objects.filter(person_id=person_id).select_related("plan", "payment").order_by("-id")


@dataclass(frozen=True, slots=True)
class Total:
    """What is taken from (negative: added to) one person's salary of a month; `number` is the personnel number."""

    person_id: int
    name: str
    number: str
    amount: Money


def totals(*, month: date) -> list[Total]:
    """Return each person's sum of a month that is not zero, by name; two queries."""
    rows = (
        PayrollDeduction.objects.filter(month=month)
        .values("person_id", "person__full_name", "person__sort_key", "plan__currency")
        .annotate(sum=Sum("amount"))
        .exclude(sum=NOTHING)
        .order_by("person__sort_key", "person_id")
    )
    found = list(rows)
    people = {row["person_id"] for row in found}
    ties = Tie.objects.filter(person__in=people, kind=TieKind.EMPLOYEE).order_by("since")
    numbers = dict(ties.values_list("person_id", "number"))
    return [
        Total(
            person_id=row["person_id"],
            name=row["person__full_name"],
            number=numbers.get(row["person_id"], ""),
            amount=Money(row["sum"], row["plan__currency"]),
        )
        for row in found
    ]


def months() -> list[date]:
    """Return the months with deductions, the newest first, at most two years of them."""
    return list(PayrollDeduction.objects.order_by("-month").values_list("month", flat=True).distinct()[:24])
