"""Bills are numbered without gaps, whoever issues them at once and whatever breaks in between."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import connections

from kith.billing.invariants import gaps_in_numbers, lines_that_do_not_add_up
from kith.billing.invoices.actions import NewLine, credit, issue
from kith.billing.invoices.models import Invoice, InvoiceTax
from kith.billing.payers.models import Payer
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.people.organizations.models import Organization
from tests.billing import make
from tests.people import make as people

AT = make.AT
DAY = date(2026, 11, 25)


def bill(
    owner: Organization, payer: Payer, *, reference: Subject | None = None, day: date = DAY, **line: str
) -> Invoice:
    return issue(
        organization=owner, payer=payer, reference=reference, currency="VND", country="VN", issued_on=day, due_on=day,
        language="en", at=AT,
        lines=[NewLine(**{"name": "Tea", "quantity": 3, "unit_price": Decimal(99999), "tax_code": "standard", **line})],
    )  # fmt: skip


@pytest.mark.django_db
def test_a_fault_after_the_number_leaves_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    make.rate()
    owner, payer = people.organization(), make.payer()
    assert bill(owner, payer).number == "2026-000001"
    with monkeypatch.context() as patch:

        def fail(*_args: object, **_given: object) -> None:
            raise RuntimeError

        patch.setattr(InvoiceTax.objects, "bulk_create", fail)
        with pytest.raises(RuntimeError):
            bill(owner, payer)

    assert bill(owner, payer).number == "2026-000002"
    assert bill(owner, payer, day=date(2027, 1, 1)).number == "2027-000001"
    assert bill(people.organization(), payer).number == "2026-000001"
    assert gaps_in_numbers() == lines_that_do_not_add_up() == []


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_every_number_once() -> None:
    make.rate()
    owner, payers = people.organization(), [make.payer() for _ in range(8)]
    gate = threading.Barrier(8)

    def work(payer: Payer) -> list[int]:
        gate.wait()
        try:
            return [bill(owner, payer).sequence for _ in range(5)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(number for found in pool.map(work, payers) for number in found)
    assert numbers == list(range(1, 41))
    assert gaps_in_numbers() == []


@pytest.mark.django_db
def test_a_missing_number_is_seen() -> None:
    make.rate()
    owner, payer = people.organization(), make.payer()
    first = bill(owner, payer)
    Invoice.objects.create(
        **{
            field.attname: getattr(first, field.attname)
            for field in Invoice._meta.concrete_fields
            if field.attname not in {"id", "public_id", "sequence", "number"}
        },
        sequence=3,
        number="2026-000003",
    )

    assert gaps_in_numbers() == ["invoice 2026: 2 is missing before 3."]


@pytest.mark.django_db
def test_a_reference_is_billed_once_and_credited_no_more_than_billed() -> None:
    make.rate()
    owner, payer = people.organization(), make.payer()
    first = bill(owner, payer, reference=Subject("order", 7))
    assert bill(owner, payer, reference=Subject("order", 7)).pk == first.pk
    line = first.lines.get()

    note = credit(invoice=first, quantities={line.pk: 2}, cause=Subject("cancellation", 1), issued_on=DAY, at=AT)
    again = credit(invoice=first, quantities={line.pk: 2}, cause=Subject("cancellation", 1), issued_on=DAY, at=AT)
    assert note.pk == again.pk
    with pytest.raises(Refusal, match="only 1 are left"):
        credit(invoice=first, quantities={line.pk: 2}, cause=Subject("cancellation", 2), issued_on=DAY, at=AT)
    with pytest.raises(BadInput):
        credit(invoice=first, quantities={}, cause=Subject("cancellation", 3), issued_on=DAY, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"unit_price": Decimal("0.5")}, "smallest unit"),
        ({"quantity": 0}, "quantity from 1"),
        ({"unit_price": Decimal(-1)}, "quantity from 1"),
        ({"tax_code": "none"}, "no tax rate"),
    ],
)
def test_a_wrong_line_is_refused_and_takes_no_number(wrong: dict, sentence: str) -> None:
    make.rate()
    owner, payer = people.organization(), make.payer()
    with pytest.raises(Refusal, match=sentence):
        bill(owner, payer, **wrong)
    assert bill(owner, payer).number == "2026-000001"
