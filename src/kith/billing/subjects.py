"""How billing's things are called where others name them: `invoice`."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from kith.billing.invoices.models import InvoiceKind
from kith.billing.invoices.queries import visible_to
from kith.kernel import clock
from kith.kernel.subjects import SUBJECTS, Described


class Invoices:
    """Bills are known to who pays them."""

    def describe(self, *, ids: Collection[int], person_id: int | None) -> Mapping[int, Described]:
        """Return number and page."""
        if person_id is None:
            return {}
        bills = visible_to(person_id=person_id, day=clock.now().date()).filter(pk__in=ids)
        return {
            bill.pk: Described(
                (_("Bill %s") if bill.kind == InvoiceKind.INVOICE else _("Credit note %s")) % bill.number,
                f"/bills/{bill.public_id}/",
            )
            for bill in bills
        }


SUBJECTS.put("invoice", Invoices())
