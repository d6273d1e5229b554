"""Import of prices: present ones into a store's lists, former ones into lists that have ended."""

from datetime import datetime
from decimal import Decimal

from babel.numbers import get_currency_precision
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg import sql

from kith.commerce.prices.models import Price, PriceList
from kith.commerce.products.models import Product
from kith.kernel.imports.fields import Derived, Field, FieldType
from kith.kernel.imports.staging import StagedBatch, model_label
from kith.people.segments.models import Segment

_TODAY = "(%(at)s::timestamptz AT TIME ZONE 'UTC')::date"


class Prices:
    """The price of one unit from a quantity, tax included.

    Without `list` it goes into the store's public list. A list that is not there is made when its dates are
    given and lie in the past: price history, for everyone, in force no more.
    """

    name = "prices"
    label = gettext_lazy("Prices")
    help = gettext_lazy("Prices of products in a store's lists.")
    role = "shop"
    key: tuple[str, ...] = ()
    derived: tuple[Derived, ...] = ()
    fields = (
        Field(
            "product",
            label=gettext_lazy("Product"),
            required=True,
            max_length=120,
            help=gettext_lazy("The product's SKU, or its key."),
            example="TEA-1",
        ),
        Field(
            "store",
            label=gettext_lazy("Store"),
            max_length=40,
            help=gettext_lazy("The code of the store; empty: the only one there is."),
        ),
        Field(
            "list",
            label=gettext_lazy("Price list"),
            max_length=60,
            help=gettext_lazy("The code of the list; empty: the store's public one."),
        ),
        Field(
            "amount",
            FieldType.DECIMAL,
            label=gettext_lazy("Amount"),
            required=True,
            minimum=Decimal(0),
            example="45000",
        ),
        Field(
            "currency",
            FieldType.CURRENCY,
            label=gettext_lazy("Currency"),
            help=gettext_lazy("Must be the store's."),
            example="VND",
        ),
        Field(
            "min_quantity",
            FieldType.INTEGER,
            label=gettext_lazy("From a quantity of"),
            minimum=Decimal(1),
            maximum=Decimal(2**31 - 1),
            example="1",
        ),
        Field(
            "valid_from",
            FieldType.DATE,
            label=gettext_lazy("Valid from"),
            help=gettext_lazy("Of a list that ended: its first day."),
        ),
        Field(
            "valid_until",
            FieldType.DATE,
            label=gettext_lazy("Valid until"),
            help=gettext_lazy("Of a list that ended: its last day."),
        ),
    )

    def load(self, *, batch: StagedBatch, by_id: int | None, at: datetime) -> None:  # noqa: ARG002
        """Take former lists, then prices; every list that changed gets its next version."""
        batch.run("UPDATE {stage} SET min_quantity = 1 WHERE min_quantity IS NULL")
        self._find_products(batch)
        self._find_stores(batch)
        batch.settle()
        self._take_former_lists(batch)
        batch.reject("NOT s.bad AND s.list_id IS NULL", field="list", reason=_("is no price list of the store"))
        batch.settle()
        batch.reject_repeats(["list_id", "product_id", "min_quantity"], field="product")
        batch.settle()
        batch.run(
            "UPDATE {stage} s SET object_id = t.id FROM commerce_price t WHERE t.price_list_id = s.list_id "
            "AND t.product_id = s.product_id AND t.min_quantity = s.min_quantity"
        )
        batch.run(
            "UPDATE {stage} SET fresh = true, object_id = nextval(pg_get_serial_sequence('commerce_price', 'id')) "
            "WHERE object_id IS NULL AND NOT bad"
        )
        insert = {"price_list_id": "s.list_id", "product_id": "s.product_id", "min_quantity": "s.min_quantity"}
        batch.upsert(model=Price, columns={"amount": "s.amount"}, insert=insert)
        batch.run(
            "UPDATE commerce_pricelist t SET version = version + 1 WHERE id IN "
            "(SELECT list_id FROM {stage} WHERE NOT bad AND (touched OR fresh))"
        )

    def _find_products(self, batch: StagedBatch) -> None:
        batch.run("ALTER TABLE {stage} ADD COLUMN product_id bigint")
        batch.run(
            "UPDATE {stage} s SET product_id = p.id FROM kernel_externalid e JOIN commerce_product p ON p.id = "
            "e.object_id "
            "WHERE e.system = %(system)s AND e.kind = {label} AND e.external_id = s.product",
            label=sql.Literal(model_label(Product)),
        )
        batch.run(
            "UPDATE {stage} s SET product_id = p.id FROM commerce_product p JOIN supply_item i ON i.id = p.item_id "
            "WHERE s.product_id IS NULL AND i.sku = s.product"
        )
        batch.reject("s.product_id IS NULL", field="product", reason=_("is no product"))

    def _find_stores(self, batch: StagedBatch) -> None:
        batch.run("ALTER TABLE {stage} ADD COLUMN store_id bigint, ADD COLUMN list_id bigint, ADD COLUMN digits int")
        batch.run(
            "UPDATE {stage} s SET store_id = CASE WHEN s.store IS NULL THEN (SELECT min(id) FROM commerce_store "
            "HAVING count(*) = 1) ELSE (SELECT id FROM commerce_store t WHERE t.code = s.store) END"
        )
        batch.reject("s.store IS NULL AND s.store_id IS NULL", field="store", reason=_("is missing: say which store"))
        batch.reject("s.store IS NOT NULL AND s.store_id IS NULL", field="store", reason=_("is no store"))
        batch.reject(
            "s.currency <> (SELECT t.currency FROM commerce_store t WHERE t.id = s.store_id)",
            field="currency",
            reason=_("is not the currency of the store"),
        )
        for store_id, currency in batch.fetch("SELECT id, currency FROM commerce_store"):
            batch.params["store"], batch.params["digits"] = store_id, get_currency_precision(currency)
            batch.run("UPDATE {stage} SET digits = %(digits)s WHERE store_id = %(store)s")
        batch.reject(
            "s.amount <> round(s.amount, s.digits)",
            field="amount",
            reason=_("is not a whole number of the currency's smallest unit"),
        )
        batch.reject("s.valid_until < s.valid_from", field="valid_until", reason=_("lies before its beginning"))
        batch.run(
            "UPDATE {stage} s SET list_id = t.id FROM commerce_pricelist t WHERE t.store_id = s.store_id "
            "AND CASE WHEN s.list IS NULL THEN t.segment_id IS NULL ELSE t.code = s.list END"
        )

    def _take_former_lists(self, batch: StagedBatch) -> None:
        batch.params["name"], batch.params["rule"] = '{"en": "Everyone"}', '{"everyone": true}'
        batch.temporary(
            "import_list",
            "SELECT min(row_no) AS row_no, list AS code, min(store_id) AS store_id, min(valid_from) AS valid_from, "
            "max(valid_until) AS valid_until, nextval(pg_get_serial_sequence('commerce_pricelist', 'id')) AS "
            "object_id, "
            "true AS fresh, NULL::bigint AS segment_id FROM {stage} WHERE NOT bad AND list_id IS NULL AND list IS "
            "NOT NULL "
            "AND valid_from IS NOT NULL AND valid_until < {today} "
            "AND list NOT IN (SELECT code FROM commerce_pricelist) GROUP BY list HAVING count(DISTINCT store_id) = 1",
            today=sql.SQL(_TODAY),
        )
        batch.temporary(
            "import_everyone",
            "SELECT -1::bigint AS row_no, t.id IS NULL AS fresh, "
            "coalesce(t.id, nextval(pg_get_serial_sequence('people_segment', 'id'))) AS object_id "
            "FROM (SELECT 1) one LEFT JOIN people_segment t ON t.code = 'everyone' WHERE EXISTS (SELECT 1 FROM "
            "import_list)",
        )
        everyone = {"code": "'everyone'", "name": "%(name)s::jsonb", "rule": "%(rule)s::jsonb", "version": "1"}
        everyone |= {"public_id": "gen_random_uuid()", "updated_at": "%(at)s"}
        batch.upsert(model=Segment, columns={}, insert=everyone, table="import_everyone", where="true")
        batch.run("UPDATE import_list SET segment_id = (SELECT object_id FROM import_everyone)")
        made = {
            "public_id": "gen_random_uuid()", "code": "s.code", "store_id": "s.store_id", "segment_id": "s.segment_id",
            "name": "jsonb_build_object('en', s.code)", "priority": "0", "needs_quota": "false", "version": "1",
            "valid_from": "s.valid_from", "valid_until": "s.valid_until",
        }  # fmt: skip
        batch.upsert(model=PriceList, columns={}, insert=made, table="import_list", where="true")
        batch.run(
            "UPDATE {stage} s SET list_id = n.object_id FROM import_list n WHERE n.code = s.list AND s.list_id IS NULL "
            "AND NOT s.bad"
        )
