"""The tables of bills and credit notes."""

from django.db import models
from django.db.models import F, Q

from kith.billing.payers.models import Payer
from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField
from kith.people.organizations.models import Organization


class InvoiceKind(models.TextChoices):
    """A bill (UNCL 1001: 380) or what takes one back (381)."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit-note"


class NumberSeries(models.Model):
    """The last number given in a series; its row is locked last, so that no number is skipped or given twice."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=InvoiceKind.choices)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "kind", "year"], name="number_series_once")]


class Invoice(models.Model):
    """An issued bill or credit note: never changed (a trigger refuses), corrected only by a credit note.

    Amounts of a credit note are negative: it is the negation of what it `corrects`. `net + tax + rounding =
    total`, where `rounding` (EN 16931 BT-114) is what whole cents of tax leave over on prices that include it.
    `reference` is the subject billed for (`order:9`), opaque to billing. `payer_name`, `payer_lines` and
    `payer_vat_id` are as they were on the day. What is still to be paid follows from the allocations.
    """

    public_id = PublicIdField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="invoices")
    kind = models.CharField(max_length=12, choices=InvoiceKind.choices, default=InvoiceKind.INVOICE)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="credit_notes")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="invoices")
    payer_name = models.CharField(max_length=200)
    payer_lines = models.TextField(blank=True, default="")
    payer_vat_id = models.CharField(max_length=40, blank=True, default="")
    reference = models.CharField(max_length=80, blank=True, default="")
    cause = models.CharField(max_length=80, blank=True, default="")
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=20, default="en")
    issued_at = models.DateTimeField()
    issued_on = models.DateField()
    due_on = models.DateField()
    net = models.DecimalField(max_digits=20, decimal_places=4)
    tax = models.DecimalField(max_digits=20, decimal_places=4)
    rounding = models.DecimalField(max_digits=20, decimal_places=4, default=0)
    total = models.DecimalField(max_digits=20, decimal_places=4)

    class Meta:
        indexes = [models.Index(fields=["payer", "-issued_at"]), models.Index(fields=["reference"])]
        constraints = [
            models.UniqueConstraint(fields=["organization", "kind", "year", "sequence"], name="invoice_number_once"),
            models.UniqueConstraint(
                fields=["reference"], condition=Q(kind="invoice") & ~Q(reference=""), name="invoice_once_a_reference"
            ),
            models.UniqueConstraint(fields=["cause"], condition=~Q(cause=""), name="credit_note_once_a_cause"),
            models.CheckConstraint(condition=Q(total=F("net") + F("tax") + F("rounding")), name="invoice_adds_up"),
            models.CheckConstraint(
                condition=Q(kind="invoice", corrects__isnull=True) | Q(kind="credit-note", corrects__isnull=False),
                name="credit_note_corrects_an_invoice",
            ),
            models.CheckConstraint(
                condition=Q(kind="invoice", total__gte=0) | Q(kind="credit-note", total__lte=0),
                name="credit_note_is_negative",
            ),
        ]


class InvoiceLine(models.Model):
    """One line. `gross` is quantity times unit price, tax included; `net` its share of the category's base.

    `corrects` is the line of the bill that a credit note's line takes back.
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    detail = models.CharField(max_length=300, blank=True, default="")
    reference = models.CharField(max_length=80, blank=True, default="")
    quantity = models.IntegerField()
    unit_price = models.DecimalField(max_digits=20, decimal_places=4)
    gross = models.DecimalField(max_digits=20, decimal_places=4)
    net = models.DecimalField(max_digits=20, decimal_places=4)
    tax_code = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invoice", "position"], name="invoice_line_once")]


class InvoiceTax(models.Model):
    """The sum of one tax category and rate on a bill (EN 16931 BG-23)."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="taxes")
    tax_code = models.CharField(max_length=20)
    category = models.CharField(max_length=2)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    label = TextField()
    reason = TextField()
    base = models.DecimalField(max_digits=20, decimal_places=4)
    amount = models.DecimalField(max_digits=20, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invoice", "tax_code", "percent"], name="invoice_tax_once_a_category")
        ]
