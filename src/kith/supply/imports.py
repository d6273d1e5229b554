"""What can be imported of supply: suppliers, and what they offer."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg import sql

from kith.kernel.imports.fields import Derived, Field, FieldType
from kith.kernel.imports.kinds import KINDS
from kith.kernel.imports.staging import StagedBatch
from kith.people.organizations.models import Organization
from kith.supply.items.models import Item
from kith.supply.suppliers.models import SuppliedItem, Supplier

_OURS = "(SELECT currency FROM people_organization WHERE kind = 'ours' ORDER BY parent_id IS NOT NULL, id LIMIT 1)"


class Suppliers:
    """Outside firms that sell to us, by our number for them."""

    name = "suppliers"
    label = gettext_lazy("Suppliers")
    help = gettext_lazy("Outside firms that sell to us.")
    role = "shop"
    key = ("number",)
    derived: tuple[Derived, ...] = ()
    fields = (
        Field(
            "number",
            label=gettext_lazy("Supplier number"),
            required=True,
            max_length=40,
            help=gettext_lazy("Our number for the supplier."),
            example="S-17",
        ),
        Field(
            "external_id",
            label=gettext_lazy("External id"),
            max_length=120,
            help=gettext_lazy("The firm's key in the other system; empty: the number."),
        ),
        Field("name", label=gettext_lazy("Name"), required=True, max_length=200, example="Lotus Ltd"),
        Field("country", FieldType.COUNTRY, label=gettext_lazy("Country"), example="VN"),
        Field("address", label=gettext_lazy("Address"), max_length=500, multiline=True, example="1 Lê Lợi, Huế"),
        Field("tax_id", label=gettext_lazy("Tax number"), max_length=40),
        Field(
            "currency",
            FieldType.CURRENCY,
            label=gettext_lazy("Currency"),
            help=gettext_lazy("Empty: the company's own."),
            example="VND",
        ),
        Field(
            "lead_days",
            FieldType.INTEGER,
            label=gettext_lazy("Days to deliver"),
            minimum=Decimal(0),
            maximum=Decimal(3650),
            example="14",
        ),
        Field(
            "active", FieldType.BOOLEAN, label=gettext_lazy("Active"), help=gettext_lazy("Empty: yes."), example="yes"
        ),
    )

    def load(self, *, batch: StagedBatch, by_id: int | None, at: datetime) -> None:  # noqa: ARG002
        """Take the firms, then what makes them suppliers."""
        batch.run("UPDATE {stage} SET external_id = number WHERE external_id IS NULL")
        batch.run("ALTER TABLE {stage} ADD COLUMN organization_id bigint, ADD COLUMN new_firm boolean DEFAULT false")
        batch.run(
            "UPDATE {stage} s SET object_id = t.id, organization_id = t.organization_id FROM supply_supplier t "
            "WHERE t.number = s.number"
        )
        batch.run(
            "UPDATE {stage} s SET organization_id = o.id FROM kernel_externalid e JOIN people_organization o "
            "ON o.id = e.object_id AND o.kind = 'outside' WHERE s.organization_id IS NULL AND e.system = %(system)s "
            "AND e.kind = 'people.organization' AND e.external_id = s.external_id"
        )
        batch.reject(
            "EXISTS (SELECT 1 FROM supply_supplier t WHERE t.organization_id = s.organization_id AND t.number <> "
            "s.number)",
            field="number",
            reason=_("is not the number under which this firm is known"),
        )
        batch.reject_repeats(["external_id"])
        batch.settle()
        batch.run(
            "UPDATE {stage} SET new_firm = true, "
            "organization_id = nextval(pg_get_serial_sequence('people_organization', 'id')) "
            "WHERE organization_id IS NULL AND NOT bad"
        )
        self._take_firms(batch)
        batch.allot(Supplier, column="number")
        columns: dict[str, str] = {}
        insert = {"public_id": "gen_random_uuid()", "number": "s.number", "organization_id": "s.organization_id"}
        optional = {
            "currency": f"coalesce(s.currency, {_OURS}, 'EUR')", "lead_days": "s.lead_days",
            "is_active": "coalesce(s.active, true)",
        }  # fmt: skip
        for column, value in optional.items():
            (columns if batch.has(column.removeprefix("is_")) else insert)[column] = value
        batch.upsert(model=Supplier, columns=columns, insert=insert)

    def _take_firms(self, batch: StagedBatch) -> None:
        columns = {"name": "s.name"}
        insert = {"public_id": "gen_random_uuid()", "kind": "'outside'", "currency": "coalesce(s.currency, '')"}
        for column in ("country", "address", "tax_id"):
            (columns if batch.has(column) else insert)[column] = f"coalesce(s.{column}, '')"
        batch.upsert(model=Organization, columns=columns, insert=insert, id_column="organization_id", fresh="new_firm")
        batch.remember(Organization, column="external_id", id_column="organization_id")


class Offers:
    """What suppliers offer: an item from a quantity at a price."""

    name = "offers"
    label = gettext_lazy("Suppliers' offers")
    help = gettext_lazy("Items that suppliers offer, from a quantity at a price.")
    role = "shop"
    key: tuple[str, ...] = ()
    derived: tuple[Derived, ...] = ()
    fields = (
        Field(
            "supplier",
            label=gettext_lazy("Supplier"),
            required=True,
            max_length=120,
            help=gettext_lazy("Our number for the supplier, or its key."),
            example="S-17",
        ),
        Field(
            "item",
            label=gettext_lazy("Item"),
            required=True,
            max_length=120,
            help=gettext_lazy("The item's SKU, or its key."),
            example="TEA-1",
        ),
        Field("supplier_sku", label=gettext_lazy("The supplier's SKU"), max_length=64),
        Field(
            "min_quantity",
            FieldType.INTEGER,
            label=gettext_lazy("From a quantity of"),
            minimum=Decimal(1),
            maximum=Decimal(2**31 - 1),
            example="10",
        ),
        Field(
            "amount",
            FieldType.DECIMAL,
            label=gettext_lazy("Amount"),
            required=True,
            minimum=Decimal(0),
            example="12500",
        ),
    )

    def load(self, *, batch: StagedBatch, by_id: int | None, at: datetime) -> None:  # noqa: ARG002
        """Take offers by supplier, item and quantity."""
        batch.refer(column="supplier", into="supplier_id", model=Supplier, natural="number", reason=_("is no supplier"))
        batch.run(
            "UPDATE {stage} s SET supplier_id = t.id FROM kernel_externalid e JOIN supply_supplier t "
            "ON t.organization_id = e.object_id WHERE s.supplier_id IS NULL AND e.system = %(system)s "
            "AND e.kind = 'people.organization' AND e.external_id = s.supplier"
        )
        batch.run(
            "DELETE FROM {faults} f USING {stage} s WHERE f.row_no = s.row_no AND f.field = 'supplier' "
            "AND s.supplier_id IS NOT NULL"
        )
        batch.refer(column="item", into="item_id", model=Item, natural="sku", reason=_("is no item"))
        batch.run("UPDATE {stage} SET min_quantity = 1 WHERE min_quantity IS NULL")
        batch.settle()
        batch.reject_repeats(["supplier_id", "item_id", "min_quantity"], field="item")
        batch.settle()
        batch.run(
            "UPDATE {stage} s SET object_id = t.id FROM supply_supplieditem t WHERE t.supplier_id = s.supplier_id "
            "AND t.item_id = s.item_id AND t.min_quantity = s.min_quantity"
        )
        batch.run(
            "UPDATE {stage} SET fresh = true, object_id = nextval(pg_get_serial_sequence({table}, 'id')) "
            "WHERE object_id IS NULL AND NOT bad",
            table=sql.Literal("supply_supplieditem"),
        )
        columns = {"amount": "s.amount"}
        insert = {"supplier_id": "s.supplier_id", "item_id": "s.item_id", "min_quantity": "s.min_quantity"}
        (columns if batch.has("supplier_sku") else insert)["supplier_sku"] = "coalesce(s.supplier_sku, '')"
        batch.upsert(model=SuppliedItem, columns=columns, insert=insert)


def put_kinds() -> None:
    """Put the kinds on the kernel's shelf; called once, when the program starts."""
    for kind in (Suppliers(), Offers()):
        KINDS.put(kind.name, kind)
