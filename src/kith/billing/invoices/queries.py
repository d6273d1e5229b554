"""Reads of bills: who may see which, and what is still to be paid."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django_stubs_ext import WithAnnotations

from kith.billing.invoices.models import Invoice, InvoiceKind
from kith.billing.payers.queries import visible_to as payers_visible_to

_MONEY: DecimalField[Decimal, Decimal] = DecimalField(max_digits=20, decimal_places=4)
NOTHING = Decimal(0)


def _sum_of(queryset: QuerySet[Invoice], path: str) -> Coalesce:
    sums = queryset.values("pk").annotate(sum=Sum(path)).values("sum")
    return Coalesce(Subquery(sums, output_field=_MONEY), Value(NOTHING), output_field=_MONEY)


class Balance(TypedDict):
    """What `with_balance` adds to a bill."""

    credited: Decimal
    paid: Decimal
    due: Decimal


if TYPE_CHECKING:
    BalancedInvoice = WithAnnotations[Invoice, Balance]
else:
    BalancedInvoice = Invoice


def with_balance(bills: QuerySet[Invoice]) -> QuerySet[BalancedInvoice]:
    """Add to each bill `credited` (≤ 0), `paid` and `due` = total + credited - paid; zero due for credit notes."""
    same = Invoice.objects.filter(pk=OuterRef("pk"))
    return bills.annotate(
        credited=_sum_of(same, "credit_notes__total"),
        paid=_sum_of(same, "allocations__amount"),
    ).annotate(
        due=F("total") + F("credited") - F("paid"),
    )


def visible_to(*, person_id: int, day: date) -> QuerySet[Invoice]:
    """Return the bills and credit notes of the person and of the firms the person stands for, newest first."""
    payers = payers_visible_to(person_id=person_id, day=day)
    return Invoice.objects.filter(payer__in=payers).order_by("-issued_at", "-id")


def bills_due(*, person_id: int, day: date) -> QuerySet[BalancedInvoice]:
    """Return the person's bills of which something is still to be paid, the soonest due first."""
    bills = visible_to(person_id=person_id, day=day).filter(kind=InvoiceKind.INVOICE)
    return with_balance(bills).filter(due__gt=NOTHING).order_by("due_on", "id")


@dataclass(frozen=True, slots=True)
class Gap:
    """A number that is missing from a series."""

    organization_id: int
    kind: str
    year: int
    expected: int
    found: int


def gaps() -> list[Gap]:
    """Return each series whose numbers are not exactly 1 to its last."""
    rows = Invoice.objects.values_list("organization_id", "kind", "year", "sequence").order_by(
        "organization_id", "kind", "year", "sequence"
    )
    found: list[Gap] = []
    series: tuple[int, str, int] | None = None
    expected = 1
    for organization_id, kind, year, sequence in rows.iterator():
        if series != (organization_id, kind, year):
            series, expected = (organization_id, kind, year), 1
        if sequence != expected:
            found.append(Gap(organization_id, kind, year, expected, sequence))
        expected = sequence + 1
    return found


def by_reference(*, references: Collection[str]) -> QuerySet[Invoice]:
    """Return the bills and credit notes for references such as `order:9`, oldest first."""
    return Invoice.objects.filter(reference__in=references).order_by("issued_at", "id")
