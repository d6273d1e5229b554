"""Exports of suppliers, in the columns of their import."""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from kith.kernel.exports.kinds import EXPORTS, Asking, ExportKind, Line
from kith.kernel.imports.models import ExternalId
from kith.supply.suppliers.models import Supplier

READERS = ("shop", "finance", "administrator")
SUPPLIERS = (
    "number", "external_id", "name", "country", "address", "tax_id", "currency", "lead_days", "active",
)  # fmt: skip


def _suppliers(_asking: Asking) -> Iterator[Line]:
    named = ExternalId.objects.filter(kind="people.organization", object_id=OuterRef("organization_id")).order_by("id")
    found = Supplier.objects.select_related("organization").annotate(known_as=Subquery(named.values("external_id")[:1]))
    for row in found.order_by("number").iterator():
        firm = row.organization
        yield Line(
            (
                row.number, row.known_as or row.number, firm.name, firm.country, firm.address, firm.tax_id,
                row.currency, row.lead_days, row.is_active,
            )
        )  # fmt: skip


EXPORTS.put(
    "suppliers", ExportKind("suppliers", _("Suppliers"), SUPPLIERS, lambda asking: asking.holds(*READERS), _suppliers)
)
