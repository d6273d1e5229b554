"""What is to be taken from the salaries of a month: shown, and handed to payroll as a file."""

import csv
import io
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.billing.payroll.queries import months, totals
from kith.kernel import clock
from kith.kernel.money import minor_unit
from kith.kernel.refusals import BadInput
from kith.portal.shell.render import page

bookkeeper = has_role("finance", "hr", "administrator")
LIVE_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def _month(request: PersonRequest) -> date:
    """Return the month asked for (`2026-12`), else the present one."""
    asked = request.GET.get("month", "")
    if not asked:
        return clock.now().date().replace(day=1)
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError as error:
        raise BadInput(_("A month is written like 2026-12."), field="month") from error


@allow(bookkeeper)
@require_safe
def deductions(request: PersonRequest) -> HttpResponse:
    """Show what each person owes from the salary of a month."""
    month = _month(request)
    context = {
        "month": month,
        "rows": totals(month=month),
        "months": [(f"{each:%m/%Y}", f"?month={each:%Y-%m}", each == month) for each in months()],
    }
    return page(request, "billing/payroll/desk.html", context)


@allow(bookkeeper)
@require_safe
def deductions_csv(request: PersonRequest) -> HttpResponse:
    """Serve the deductions of a month as CSV (UTF-8, RFC 4180); no cell is a formula."""
    month = _month(request)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["month", "number", "name", "amount", "currency"])
    for row in totals(month=month):
        amount = f"{row.amount.amount.quantize(minor_unit(row.amount.currency)):f}"
        writer.writerow([f"{month:%Y-%m}", _plain(row.number), _plain(row.name), amount, row.amount.currency])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="payroll-{month:%Y-%m}.csv"'
    return response


def _plain(cell: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(LIVE_FORMULAS) else cell
