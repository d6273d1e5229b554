"""Import of products: the item, and what is offered of it."""

import json
from datetime import datetime

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg import sql
from stdnum import ean
from stdnum.exceptions import ValidationError

from kith.commerce.imports.categories import a_slug
from kith.commerce.products.models import RESERVED, Category, Product, search_words
from kith.kernel.folding import fold
from kith.kernel.imports.checks import WrongValueError
from kith.kernel.imports.fields import Derived, Field, FieldType
from kith.kernel.imports.staging import StagedBatch
from kith.kernel.texts import Text
from kith.supply.items.models import Item, Tracking


def _a_gtin(text: str) -> str:
    try:
        return str(ean.validate(text))
    except ValidationError:
        raise WrongValueError(_("is not a GTIN: its last digit does not fit the others")) from None


def _words(sku: str | None, name: str | None, description: str | None) -> str:
    return search_words(
        sku=sku or "", name=Text(json.loads(name or "{}")), description=Text(json.loads(description or "{}"))
    )


def _slug_of(name: str | None, sku: str | None) -> str:
    return slugify(fold(Text(json.loads(name or "{}")).in_language("en")))[:90] or slugify(sku or "")[:90] or "product"


class Products:
    """Items by SKU, and products of them. A row without category is an item that is not offered (a raw material)."""

    name = "products"
    label = gettext_lazy("Products")
    help = gettext_lazy("Goods and services: the item, and, where there is a category, the product that is offered.")
    role = "shop"
    key = ("sku",)
    derived = (
        Derived("words", ("sku", "name", "description"), _words),
        Derived("made_slug", ("name", "sku"), _slug_of),
    )
    fields = (
        Field("sku", label=gettext_lazy("SKU"), required=True, max_length=64, example="TEA-1"),
        Field(
            "external_id",
            label=gettext_lazy("External id"),
            max_length=120,
            help=gettext_lazy("The key in the other system; empty: the SKU."),
        ),
        Field("name", FieldType.TEXTS, label=gettext_lazy("Name"), required=True, example="Green tea|Trà xanh|绿茶"),
        Field(
            "description",
            FieldType.TEXTS,
            label=gettext_lazy("Description"),
            max_length=20_000,
            multiline=True,
            example="Loose leaves.|Trà lá.|散叶。",
        ),
        Field(
            "category",
            label=gettext_lazy("Category"),
            max_length=120,
            help=gettext_lazy("The slug, or the key, of the category."),
            example="green-tea",
        ),
        Field("gtin", label=gettext_lazy("GTIN"), max_length=20, also=_a_gtin, example="8934563138165"),
        Field(
            "measure",
            label=gettext_lazy("Measure"),
            max_length=3,
            help=gettext_lazy("UN/ECE Recommendation 20; empty: C62, pieces."),
            example="C62",
        ),
        Field(
            "tracking", FieldType.CHOICE, label=gettext_lazy("Tracking"), choices=tuple(Tracking.values), example="lot"
        ),
        Field(
            "stocked",
            FieldType.BOOLEAN,
            label=gettext_lazy("In stock"),
            help=gettext_lazy("No for services; empty: yes."),
            example="yes",
        ),
        Field("tax_code", label=gettext_lazy("Tax code"), max_length=20, example="standard"),
        Field(
            "slug",
            label=gettext_lazy("Word in the address"),
            max_length=100,
            also=a_slug,
            help=gettext_lazy("Empty: made of the name."),
        ),
        Field(
            "active", FieldType.BOOLEAN, label=gettext_lazy("Offered"), help=gettext_lazy("Empty: yes."), example="yes"
        ),
    )

    def load(self, *, batch: StagedBatch, by_id: int | None, at: datetime) -> None:  # noqa: ARG002
        """Take items, then products."""
        batch.run("UPDATE {stage} SET external_id = sku WHERE external_id IS NULL")
        batch.reject_repeats(["external_id"])
        batch.run("UPDATE {stage} s SET object_id = t.id FROM supply_item t WHERE t.sku = s.sku")
        batch.refer(column="category", into="category_id", model=Category, natural="slug", reason=_("is no category"))
        self._check_unique(batch)
        batch.settle()
        batch.allot(Item)
        columns, insert = {"name": "s.name"}, {"public_id": "gen_random_uuid()", "sku": "s.sku"}
        optional = {
            "description": "coalesce(s.description, '{{}}')", "gtin": "coalesce(s.gtin, '')",
            "measure": "coalesce(s.measure, 'C62')", "tracking": "coalesce(s.tracking, 'none')",
            "is_stocked": "coalesce(s.stocked, true)",
        }  # fmt: skip
        for column, value in optional.items():
            (columns if batch.has(column.removeprefix("is_")) else insert)[column] = value
        batch.upsert(model=Item, columns=columns, insert=insert)
        if batch.has("category"):
            self._take_products(batch)

    def _check_unique(self, batch: StagedBatch) -> None:
        if batch.has("gtin"):
            batch.reject(
                "EXISTS (SELECT 1 FROM supply_item t WHERE t.gtin = s.gtin AND t.sku <> s.sku AND s.gtin <> '')",
                field="gtin",
                reason=_("is the GTIN of another item"),
            )
            batch.reject_repeats(["gtin"])
        if batch.has("slug"):
            batch.reject(
                "s.slug = ANY({reserved}) OR EXISTS (SELECT 1 FROM commerce_product p JOIN supply_item i "
                "ON i.id = p.item_id WHERE p.slug = s.slug AND i.sku <> s.sku)",
                field="slug",
                reason=_("is taken"),
                reserved=sql.Literal(list(RESERVED)),
            )
            batch.reject_repeats(["slug"])

    def _take_products(self, batch: StagedBatch) -> None:
        batch.temporary(
            "import_product",
            "SELECT s.row_no, s.external_id, s.object_id AS item_id, s.name, s.description, s.category_id, s.tax_code, "
            "s.active, s.words, coalesce(s.slug, s.made_slug) AS slug, p.id AS object_id, p.id IS NULL AS fresh "
            "FROM {stage} s LEFT JOIN LATERAL (SELECT p.id FROM commerce_product p WHERE p.item_id = s.object_id "
            "ORDER BY p.id LIMIT 1) p ON true WHERE NOT s.bad AND s.category_id IS NOT NULL",
        )
        batch.run(
            "UPDATE import_product SET object_id = nextval(pg_get_serial_sequence('commerce_product', 'id')) WHERE "
            "fresh"
        )
        batch.run(
            "UPDATE import_product n SET slug = n.slug || '-' || n.object_id WHERE n.fresh AND (n.slug = "
            "ANY({reserved}) "
            "OR EXISTS (SELECT 1 FROM commerce_product p WHERE p.slug = n.slug) "
            "OR EXISTS (SELECT 1 FROM import_product o WHERE o.slug = n.slug AND o.row_no < n.row_no))",
            reserved=sql.Literal(list(RESERVED)),
        )
        columns = {"name": "s.name", "category_id": "s.category_id", "item_id": "s.item_id"}
        insert = {
            "public_id": "gen_random_uuid()", "quota_units": "1", "likes": "ARRAY[]::varchar[]", "shape": "'box'",
            "palette": "''", "seed": "''", "version": "1", "updated_at": "%(at)s",
        }  # fmt: skip
        optional = {"tax_code": "coalesce(s.tax_code, 'standard')", "is_active": "coalesce(s.active, true)"}
        for column, value in optional.items():
            (columns if batch.has(column.removeprefix("is_")) else insert)[column] = value
        described = columns if batch.has("description") else insert
        described |= {"description": "coalesce(s.description, '{{}}')", "search_words": "s.words"}
        (columns if batch.has("slug") else insert)["slug"] = "s.slug"
        batch.upsert(
            model=Product,
            columns=columns,
            insert=insert,
            along={"version": "t.version + 1", "updated_at": "%(at)s"},
            table="import_product",
            where="true",
        )
        self._remember(batch)
        if not batch.has("description"):
            self._find_words_again(batch)

    def _remember(self, batch: StagedBatch) -> None:
        batch.run("ALTER TABLE {stage} ADD COLUMN product_id bigint")
        batch.run("UPDATE {stage} s SET product_id = n.object_id FROM import_product n WHERE n.row_no = s.row_no")
        batch.remember(Product, column="external_id", id_column="product_id")

    def _find_words_again(self, batch: StagedBatch) -> None:
        """Make the search words of products whose description stayed as it was."""
        changed = batch.fetch(
            "SELECT n.object_id FROM import_product n JOIN {stage} s USING (row_no) WHERE s.touched AND NOT n.fresh"
        )
        for product in Product.objects.filter(pk__in=[found for (found,) in changed]).select_related("item"):
            product.save(update_fields=["search_words"])
