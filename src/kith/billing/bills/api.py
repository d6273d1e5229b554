"""Bills and payments for programs: looking at them, and beginning to pay."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from kith.access.apitokens.auth import WRITES
from kith.access.endpoints.bodies import Body
from kith.access.endpoints.commands import Key, answer_once
from kith.access.endpoints.paging import Paging, newest
from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.billing.bills import actions
from kith.billing.invoices import queries as invoices_of
from kith.billing.invoices.models import Invoice, InvoiceKind
from kith.billing.invoices.queries import BalancedInvoice, with_balance
from kith.billing.payments import queries as payments_of
from kith.billing.payments.actions import page_of
from kith.billing.payments.models import Payment
from kith.kernel import clock
from kith.kernel.money import minor_unit
from kith.kernel.refusals import NotFound
from kith.kernel.subjects import Subject
from kith.portal.feed.keys import Thing, public_keys, subjects_in, thing_of

router = Router(tags=["billing"])
BOOKKEEPERS = frozenset({"finance", "administrator"})


class InvoiceRow(Schema):
    """A bill or credit note; amounts are decimals as text, those of a credit note negative."""

    id: UUID
    number: str
    kind: InvoiceKind
    payer: str
    reference: Thing | None
    corrects: UUID | None
    currency: str
    issued_on: date
    due_on: date
    net: str
    tax: str
    rounding: str
    total: str
    credited: str
    paid: str
    due: str


class InvoiceLineOut(Schema):
    """A line of a bill."""

    position: int
    name: str
    quantity: int
    unit_price: str
    gross: str
    tax_code: str


class InvoiceTaxOut(Schema):
    """The sum of one tax category and rate (EN 16931 BG-23)."""

    category: str
    percent: str
    base: str
    amount: str


class InvoiceOut(InvoiceRow):
    """A bill with its lines and taxes."""

    lines: list[InvoiceLineOut]
    taxes: list[InvoiceTaxOut]


class InvoicePage(Schema):
    """A page of bills, the newest first."""

    items: list[InvoiceRow]
    next: str | None


class PaymentOut(Schema):
    """A payment; `pay_at` is where its payer goes on, "" where nothing is left to do."""

    id: UUID
    method: str
    state: str
    reference: Thing | None
    currency: str
    amount: str
    captured: str
    refunded: str
    created_at: datetime
    pay_at: str


class PaymentPage(Schema):
    """A page of payments, the newest first."""

    items: list[PaymentOut]
    next: str | None


class PaymentIn(Body):
    """Which bill, by which way of paying; the amount is what is due. `consent`: to a deduction from the salary."""

    invoice: UUID
    method: Annotated[str, Field(min_length=1, max_length=40)]
    consent: bool = False


def _plain(amount: Decimal, currency: str) -> str:
    return f"{amount.quantize(minor_unit(currency)):f}"


def _bills(request: PersonRequest) -> QuerySet[Invoice]:
    seen = invoices_of.visible_to(person_id=request.person.pk, day=clock.now().date())
    found = Invoice.objects.all() if BOOKKEEPERS & request.roles else seen
    return found.select_related("corrects")


def _payments(request: PersonRequest) -> QuerySet[Payment]:
    if BOOKKEEPERS & request.roles:
        return Payment.objects.all()
    return payments_of.visible_to(person_id=request.person.pk, day=clock.now().date())


def _row(bill: BalancedInvoice, keys: dict[Subject, UUID]) -> InvoiceRow:
    money = {name: vars(bill)[name] for name in ("net", "tax", "rounding", "total", "credited", "paid")}
    owed = bill.due if bill.kind == InvoiceKind.INVOICE else Decimal(0)
    return InvoiceRow(
        id=bill.public_id,
        number=bill.number,
        kind=InvoiceKind(bill.kind),
        payer=bill.payer_name,
        reference=thing_of(bill.reference, keys),
        corrects=bill.corrects.public_id if bill.corrects else None,
        currency=bill.currency,
        issued_on=bill.issued_on,
        due_on=bill.due_on,
        due=_plain(max(owed, Decimal(0)), bill.currency),
        **{name: _plain(amount, bill.currency) for name, amount in money.items()},
    )


def _bill(bill: BalancedInvoice) -> InvoiceOut:
    keys = public_keys(subjects_in([bill.reference]))
    return InvoiceOut(
        **_row(bill, keys).model_dump(),
        lines=[
            InvoiceLineOut(
                position=line.position,
                name=line.name,
                quantity=line.quantity,
                unit_price=_plain(line.unit_price, bill.currency),
                gross=_plain(line.gross, bill.currency),
                tax_code=line.tax_code,
            )
            for line in bill.lines.order_by("position")
        ],
        taxes=[
            InvoiceTaxOut(
                category=tax.category,
                percent=f"{tax.percent:f}",
                base=_plain(tax.base, bill.currency),
                amount=_plain(tax.amount, bill.currency),
            )
            for tax in bill.taxes.order_by("percent", "tax_code")
        ],
    )


def _payment(payment: Payment, keys: dict[Subject, UUID]) -> PaymentOut:
    return PaymentOut(
        id=payment.public_id,
        method=payment.method,
        state=payment.state,
        reference=thing_of(payment.reference, keys),
        currency=payment.currency,
        amount=_plain(payment.amount, payment.currency),
        captured=_plain(payment.captured, payment.currency),
        refunded=_plain(payment.refunded, payment.currency),
        created_at=payment.created_at,
        pay_at=page_of(payment),
    )


@router.get("/invoices", response=InvoicePage, summary="Bills")
@allow(signed_in)
def invoices(request: PersonRequest, asked: Query[Paging]) -> InvoicePage:
    """List one's own bills and credit notes and those of the firms one stands for; finance sees all."""
    rows, following = newest(with_balance(_bills(request)), asked)
    keys = public_keys(subjects_in(row.reference for row in rows))
    return InvoicePage(items=[_row(row, keys) for row in rows], next=following)


@router.get("/invoices/{uuid:public_id}", response=InvoiceOut, summary="One bill")
@allow(signed_in, guards="invoice")
def invoice(request: PersonRequest, public_id: UUID) -> InvoiceOut:
    """Show a bill with its lines, taxes and what is due."""
    found = with_balance(_bills(request)).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such bill."))
    return _bill(found)


@router.get("/payments", response=PaymentPage, summary="Payments")
@allow(signed_in)
def payments(request: PersonRequest, asked: Query[Paging]) -> PaymentPage:
    """List one's own payments and those of the firms one stands for; finance sees all."""
    rows, following = newest(_payments(request), asked)
    keys = public_keys(subjects_in(row.reference for row in rows))
    return PaymentPage(items=[_payment(row, keys) for row in rows], next=following)


@router.get("/payments/{uuid:public_id}", response=PaymentOut, summary="One payment")
@allow(signed_in, guards="payment")
def payment(request: PersonRequest, public_id: UUID) -> PaymentOut:
    """Show a payment."""
    found = _payments(request).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such payment."))
    return _payment(found, public_keys(subjects_in([found.reference])))


@router.post("/payments", auth=WRITES, response={201: PaymentOut}, summary="Begin to pay a bill")
@allow(signed_in)
def pay(request: PersonRequest, body: PaymentIn, key: Key) -> HttpResponse:
    """Begin to pay what is due of one of one's own bills; go on at `pay_at`."""
    mine = invoices_of.visible_to(person_id=request.person.pk, day=clock.now().date()).select_related("payer")
    found = mine.filter(public_id=body.invoice).first()
    if found is None:
        raise NotFound(_("There is no such bill."), field="invoice")

    def act() -> tuple[int, PaymentOut]:
        made = actions.pay(
            invoice=found, method=body.method, person_id=request.person.pk, return_url=f"/bills/{found.public_id}/",
            at=clock.now(), details={"consent": "yes"} if body.consent else {},
        )  # fmt: skip
        return 201, _payment(made, public_keys(subjects_in([made.reference])))

    return answer_once(request, key=key, body=body, act=act)
