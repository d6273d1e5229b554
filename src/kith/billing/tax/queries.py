"""Reads of tax rates."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from kith.billing.tax.arithmetic import Rate
from kith.billing.tax.models import TaxRate
from kith.kernel.refusals import Refusal


def rates(*, country: str, codes: Collection[str], day: date) -> dict[str, Rate]:
    """Return the rate of each tax code in force in `country` on `day`; `Refusal` names a code that has none."""
    rows = TaxRate.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), country=country, code__in=codes, since__lte=day
    ).order_by("since")
    found = {row.code: Rate(row.code, row.category, row.percent, row.label, row.reason) for row in rows}
    for code in codes:
        if code not in found:
            raise Refusal(
                _("There is no tax rate “%(code)s” for %(country)s on that day; set one first.")
                % {"code": code, "country": country}
            )
    return found
