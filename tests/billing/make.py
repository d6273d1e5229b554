"""Makers of billing: each returns a real row with sensible defaults."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kith.billing.payers.actions import payer_of
from kith.billing.payers.models import Payer
from kith.billing.payroll.actions import save_plan
from kith.billing.payroll.models import PayrollPlan
from kith.billing.processes.actions import save_process
from kith.billing.processes.models import PaymentProcess
from kith.billing.processes.rules import Step
from kith.billing.tax.models import TaxRate
from kith.kernel.texts import Text
from kith.people.organizations.models import Organization
from tests.people import make as people

AT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G"


def rate(code: str = "standard", percent: str = "10", country: str = "VN", **given: Any) -> TaxRate:
    return TaxRate.objects.create(
        **{
            "code": code,
            "country": country,
            "percent": Decimal(percent),
            "label": Text(en=f"VAT {percent}%"),
            "since": date(2020, 1, 1),
            **given,
        }
    )


def payer(**given: Any) -> Payer:
    if "organization" in given:
        return payer_of(**given)
    return payer_of(person=given.pop("person", None) or people.person(), **given)


def plan(organization: Organization, *, limit: str = "1000000", currency: str = "VND", **given: Any) -> PayrollPlan:
    return save_plan(
        organization=organization,
        currency=currency,
        limit_a_month=Decimal(limit),
        consent=Text({"en": "Take {amount} from my salary of {month}.", "vi": "Trừ {amount} vào lương {month}."}),
        at=AT,
        **given,
    )


def process(*methods: str, code: str = "standard", currency: str = "VND") -> PaymentProcess:
    steps = [Step(method) for method in methods or ("payroll", "test-gateway", "bill")]
    return save_process(code=code, name=Text(en="Standard"), currency=currency, steps=steps, at=AT, by_id=None)
