"""Payroll gets each person's sum of a month, and no formula."""

import csv
import io

import pytest

from kith.commerce.orders.actions import cancel_units
from tests.access import make as access
from tests.commerce import make
from tests.people import make as people

pytestmark = pytest.mark.django_db


def test_sums_by_person_with_what_was_given_back() -> None:
    shop = make.shop()
    person = people.employee("=cmd()", unit=people.unit(organization=shop.store.organization), number="E-77")
    order = make.order(shop.store, {shop.product: 3}, person, method="payroll").order
    cancel_units(line=order.lines.get(), quantity=1, by_id=None, caller="x", idempotency_key="k", at=make.AT)
    gone = make.order(shop.store, {shop.product: 1}, shop.employee, method="payroll").order
    cancel_units(line=gone.lines.get(), quantity=1, by_id=None, caller="y", idempotency_key="k", at=make.AT)
    clerk = access.client(people.employee(), "finance")

    page = clerk.get("/desk/payroll-deductions/?month=2026-12").content.decode()
    assert "₫150,000" in page
    text = clerk.get("/desk/payroll-deductions.csv?month=2026-12").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1:] == [["2026-12", "E-77", "'=cmd()", "150000", "VND"]]
    assert "Nothing is taken" in clerk.get("/desk/payroll-deductions/?month=2026-11").content.decode()
    assert clerk.get("/desk/payroll-deductions/?month=2026-13").status_code == 400
    assert access.client(people.employee(), "shop").get("/desk/payroll-deductions.csv").status_code == 403
