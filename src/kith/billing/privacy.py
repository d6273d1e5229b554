"""What billing keeps on a person: bills, payments and deductions, by law for years."""

from datetime import date, datetime
from functools import partial

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from kith.billing.bills.printing import pdf_of
from kith.billing.invoices.models import Invoice, InvoiceLine, InvoiceTax
from kith.billing.payers.models import Payer
from kith.billing.payments.models import Payment, PaymentEvent, Refund
from kith.billing.payroll.models import PayrollDeduction
from kith.billing.processes.models import PaymentProcess
from kith.people.privacy.shelf import HOLDINGS, Erased, HeldFile, Kept, Part, Retention
from kith.people.privacy.tables import Table, Tables

LAWS = {
    "CN": (30, "会计档案管理办法 (2015), art. 14"),
    "DE": (10, "§ 147 AO, § 257 HGB"),
    "VN": (10, "Luật Kế toán 88/2015/QH13, art. 41; Nghị định 174/2016/NĐ-CP, art. 13"),
}
"""For how many years bills are kept, counted from the end of the year, and which law says so, by country."""
ELSEWHERE = 10, _("the accounting law of the seller's country")
_TRIGGER = "billing_invoice_never_changes"


def _bill_kept(person_id: int, _at: datetime) -> Erased:
    bills = Invoice.objects.filter(payer__person_id=person_id)
    countries = sorted(set(bills.values_list("organization__country", flat=True)))
    kept = []
    for country in countries:
        years, law = LAWS.get(country, ELSEWHERE)
        sentence = _("Bills: the payer's name and address, and the lines, for %(years)d years after the year of issue.")
        kept.append(Kept(str(sentence) % {"years": years}, law))
    return Erased(_empty_reports(person_id), tuple(kept))


def _empty_reports(person_id: int) -> int:
    """Empty what providers sent with their reports; amounts and keys stay in columns of their own."""
    payments = Payment.objects.filter(payer__person_id=person_id).values_list("public_id", flat=True)
    keys = [form for key in payments for form in (str(key), key.hex)]
    return PaymentEvent.objects.filter(payment_key__in=keys).exclude(body={}).update(body={})


def _bill_parts(person_id: int) -> tuple[Part, ...]:
    payments = Payment.objects.filter(payer__person_id=person_id).values_list("public_id", flat=True)
    keys = [form for key in payments for form in (str(key), key.hex)]
    events = PaymentEvent.objects.filter(payment_key__in=keys).order_by("pk")
    rows = [{"provider": e.provider, "kind": e.kind, "amount": str(e.amount), "currency": e.currency,
             "at": e.received_at.isoformat(), "body": e.body} for e in events]  # fmt: skip
    return (Part("billing.paymentevent", _("What payment providers reported"), rows),)


def _bill_files(person_id: int) -> tuple[HeldFile, ...]:
    bills = Invoice.objects.filter(payer__person_id=person_id).order_by("pk")
    return tuple(HeldFile(f"bills/{bill.number}.pdf", partial(pdf_of, bill)) for bill in bills)


def _empty_old_bills(at: datetime) -> int:
    """Empty the payer's name and address on bills whose years are over.

    The trigger that keeps issued bills as they are rests for this statement; nobody else can write meanwhile.
    """
    emptied = 0
    countries = Invoice.objects.exclude(payer_name="").values_list("organization__country", flat=True).distinct()
    for country in list(countries):
        years, _law = LAWS.get(country, ELSEWHERE)
        before = date(at.year - years, 1, 1)
        over = Invoice.objects.filter(organization__country=country, issued_on__lt=before).exclude(payer_name="")
        if not over.exists():
            continue
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE billing_invoice DISABLE TRIGGER {_TRIGGER}")
            emptied += over.update(payer_name="", payer_lines="", payer_vat_id="")
            cursor.execute(f"ALTER TABLE billing_invoice ENABLE TRIGGER {_TRIGGER}")
    return emptied


HOLDINGS.put(
    "billing.bills",
    Tables(
        label=_("Bills to you and how they were paid: the law wants them kept for years."),
        tables=(
            Table(
                Invoice,
                _("My bills"),
                (
                    "public_id", "number", "kind", "organization__name", "payer_name", "payer_lines", "payer_vat_id",
                    "currency", "language", "issued_on", "due_on", "net", "tax", "total",
                ),
                person=("payer__person_id",),
                subject="invoice",
            ),
            Table(
                InvoiceLine,
                _("Their lines"),
                ("invoice__number", "name", "detail", "quantity", "unit_price", "gross"),
                person=("invoice__payer__person_id",),
            ),
            Table(
                Payment,
                _("My payments"),
                (
                    "public_id", "reference", "method", "amount", "captured", "refunded", "currency", "state",
                    "created_at",
                ),
                person=("payer__person_id",),
                blanks={"return_url": ""},
            ),
            Table(
                PayrollDeduction,
                _("Taken from my salary"),
                ("month", "amount", "consent_text", "consent_language", "at"),
                keeps=Kept(_("What was taken from the salary, as ground of the payslip."), _("tax law on wages")),
            ),
            Table(Payer, _("My billing address"), ("public_id", "address"), blanks={"address": ""}),
        ),
        refers={
            Invoice: ("payer", "reference", "cause"),
            InvoiceLine: ("invoice", "reference", "tax_code"),
            InvoiceTax: ("invoice",),
            Payment: ("payer", "process"),
            PaymentEvent: ("payment_key", "body", "event_id", "provider", "kind", "currency", "outcome"),
            PayrollDeduction: ("payment", "plan"),
            Refund: ("by_id", "cause"),
            PaymentProcess: ("saved_by_id",),
        },
        parts=_bill_parts,
        files=_bill_files,
        also=_bill_kept,
        retentions=(
            Retention(
                _("The payer's name and address on a bill are deleted when the law no longer wants them: "
                  "10 years after the year of issue, in China 30."),
                _empty_old_bills,
            ),
        ),
    ),
)  # fmt: skip
