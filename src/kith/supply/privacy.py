"""What supply keeps on a person: for which supplier one is the contact, and what one moved."""

from django.utils.translation import gettext_lazy as _

from kith.people.privacy.shelf import HOLDINGS
from kith.people.privacy.tables import Table, Tables
from kith.supply.items.models import Item
from kith.supply.stock.models import Movement, Warehouse
from kith.supply.suppliers.models import Supplier

HOLDINGS.put(
    "supply.suppliers",
    Tables(
        label=_("For which supplier you are the one to ask."),
        tables=(
            Table(
                Supplier,
                _("Suppliers I stand for"),
                ("public_id", "number", "organization__name"),
                person=("contact_id",),
                blanks={"contact": None},
                mine=False,
            ),
        ),
        refers={Movement: ("by_id", "reference")},
        free={Item: ("name", "description"), Warehouse: ("name",)},
    ),
)
