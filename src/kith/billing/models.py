"""The tables of billing."""

from kith.billing.invoices.models import Invoice, InvoiceLine, InvoiceTax, NumberSeries
from kith.billing.payers.models import Payer
from kith.billing.payments.models import Allocation, Payment, PaymentEvent, Refund
from kith.billing.payroll.models import PayrollDeduction, PayrollPlan
from kith.billing.processes.models import PaymentProcess
from kith.billing.tax.models import TaxRate

__all__ = [
    "Allocation",
    "Invoice",
    "InvoiceLine",
    "InvoiceTax",
    "NumberSeries",
    "Payer",
    "Payment",
    "PaymentEvent",
    "PaymentProcess",
    "PayrollDeduction",
    "PayrollPlan",
    "Refund",
    "TaxRate",
]
