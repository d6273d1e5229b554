"""Import of categories: the tree of the shop, in any order of rows."""

import re
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.commerce.products.models import Category
from kith.kernel.imports.checks import WrongValueError
from kith.kernel.imports.fields import Derived, Field, FieldType
from kith.kernel.imports.staging import StagedBatch

_SLUG = re.compile(r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$")


def a_slug(text: str) -> str:
    """Check a word that stands in an address."""
    if not _SLUG.match(text):
        raise WrongValueError(_("may have small letters, digits and dashes only"))
    return text


class Categories:
    """Categories by slug. A parent comes from an earlier import or from anywhere in the file, one level at a time."""

    name = "categories"
    label = gettext_lazy("Categories")
    help = gettext_lazy("The shelves of the shop.")
    role = "shop"
    key = ("slug",)
    derived: tuple[Derived, ...] = ()
    fields = (
        Field(
            "slug",
            label=gettext_lazy("Word in the address"),
            required=True,
            max_length=80,
            also=a_slug,
            example="green-tea",
        ),
        Field(
            "external_id",
            label=gettext_lazy("External id"),
            max_length=120,
            help=gettext_lazy("The key in the other system; empty: the slug."),
        ),
        Field("name", FieldType.TEXTS, label=gettext_lazy("Name"), required=True, example="Green tea|Trà xanh|绿茶"),
        Field(
            "parent",
            label=gettext_lazy("Above it"),
            max_length=120,
            help=gettext_lazy("The slug, or the key, of the category above it."),
        ),
        Field(
            "position",
            FieldType.INTEGER,
            label=gettext_lazy("Position"),
            minimum=Decimal(0),
            maximum=Decimal(32_767),
            example="10",
        ),
    )

    def load(self, *, batch: StagedBatch, by_id: int | None, at: datetime) -> None:  # noqa: ARG002
        """Take categories, then their parents, then the paths of the tree."""
        batch.run("UPDATE {stage} SET external_id = slug WHERE external_id IS NULL")
        batch.reject_repeats(["external_id"])
        batch.run("UPDATE {stage} s SET object_id = t.id FROM commerce_category t WHERE t.slug = s.slug")
        batch.reject(
            "s.parent IS NOT NULL AND s.parent NOT IN (SELECT slug FROM commerce_category) AND s.parent NOT IN "
            "(SELECT external_id FROM kernel_externalid WHERE system = %(system)s AND kind = 'commerce.category') "
            "AND NOT EXISTS (SELECT 1 FROM {stage} x WHERE s.parent IN (x.slug, x.external_id))",
            field="parent",
            reason=_("is no category, neither here nor in the file"),
        )
        self._reject_circles(batch)
        batch.settle()
        batch.allot(Category)
        columns = {"name": "s.name"}
        insert = {"public_id": "gen_random_uuid()", "slug": "s.slug", "path": "'/' || s.object_id || '/'"}
        (columns if batch.has("position") else insert)["position"] = "coalesce(s.position, 100)"
        batch.upsert(model=Category, columns=columns, insert=insert)
        if batch.has("parent"):
            self._take_tree(batch)

    def _reject_circles(self, batch: StagedBatch) -> None:
        batch.reject(
            "s.row_no IN (WITH RECURSIVE step AS (SELECT x.row_no, coalesce(y.row_no, -c.id) AS above "
            "FROM {stage} x LEFT JOIN {stage} y ON x.parent IN (y.slug, y.external_id) "
            "LEFT JOIN commerce_category c ON c.slug = x.parent WHERE x.parent IS NOT NULL UNION ALL "
            "SELECT -c.id, coalesce(y.row_no, -p.id) FROM commerce_category c JOIN commerce_category p "
            "ON p.id = c.parent_id LEFT JOIN {stage} y ON y.slug = p.slug), "
            "up AS (SELECT row_no AS start, above, 1 AS depth FROM step WHERE row_no > 0 UNION ALL "
            "SELECT up.start, step.above, depth + 1 FROM up JOIN step ON step.row_no = up.above "
            "WHERE up.above <> up.start AND depth < 30) SELECT start FROM up WHERE above = start OR depth = 30)",
            field="parent",
            reason=_("makes the category stand below itself"),
        )

    def _take_tree(self, batch: StagedBatch) -> None:
        batch.temporary(
            "import_parent",
            "SELECT s.row_no, s.object_id, false AS fresh, coalesce(c.id, e.object_id) AS parent_id FROM {stage} s "
            "LEFT JOIN commerce_category c ON c.slug = s.parent LEFT JOIN kernel_externalid e ON e.system = %(system)s "
            "AND e.kind = 'commerce.category' AND e.external_id = s.parent WHERE NOT s.bad",
        )
        batch.upsert(model=Category, columns={"parent_id": "s.parent_id"}, table="import_parent", where="true")
        batch.temporary(
            "import_path",
            "WITH RECURSIVE tree AS (SELECT id, '/' || id || '/' AS path FROM commerce_category WHERE parent_id IS "
            "NULL "
            "UNION ALL SELECT c.id, t.path || c.id || '/' FROM commerce_category c JOIN tree t ON c.parent_id = t.id) "
            "SELECT -id AS row_no, id AS object_id, false AS fresh, path FROM tree",
        )
        batch.upsert(model=Category, columns={"path": "s.path"}, table="import_path", where="true")
