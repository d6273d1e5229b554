"""Import of units: the tree of departments, in any order of rows."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.kernel.imports.fields import Derived, Field, FieldType
from kith.kernel.imports.staging import StagedBatch
from kith.people.imports.common import find_organization
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person

_DEEPEST = 60


class Units:
    """Departments by code; `parent` and `manager` may name what stands elsewhere in the file or is known."""

    name = "units"
    label = gettext_lazy("Units")
    help = gettext_lazy("The tree of departments.")
    role = "hr"
    key = ("code",)
    derived: tuple[Derived, ...] = ()
    fields = (
        Field(
            "code",
            label=gettext_lazy("Code"),
            required=True,
            max_length=40,
            help=gettext_lazy("Our short name for it; never changes."),
            example="D-07",
        ),
        Field("name", FieldType.TEXTS, label=gettext_lazy("Name"), required=True, example="Production|Sản xuất|生产部"),
        Field(
            "parent",
            label=gettext_lazy("Above it"),
            max_length=40,
            help=gettext_lazy("The code of the unit above it."),
            example="D-01",
        ),
        Field(
            "manager",
            label=gettext_lazy("Manager"),
            max_length=120,
            help=gettext_lazy("The external id of the person who leads it."),
        ),
        Field(
            "organization",
            label=gettext_lazy("Company"),
            help=gettext_lazy("The name of one of our companies; empty: the company itself."),
        ),
        Field(
            "closed_on",
            FieldType.DATE,
            label=gettext_lazy("Closed on"),
            help=gettext_lazy("The day from which it is closed."),
        ),
    )

    def load(self, *, batch: StagedBatch, by_id: int | None, at: datetime) -> None:  # noqa: ARG002
        """Take units by code, then their parents, then the paths of the tree."""
        find_organization(batch)
        batch.run("UPDATE {stage} s SET object_id = t.id FROM people_unit t WHERE t.code = s.code")
        if batch.has("manager"):
            batch.refer(column="manager", into="manager_id", model=Person, reason=_("is nobody we know"))
        if batch.has("parent"):
            self._check_parents(batch)
        batch.reject(
            "EXISTS (SELECT 1 FROM people_unit t WHERE t.id = s.object_id AND t.organization_id <> s.organization_id)",
            field="code",
            reason=_("is a unit of another of our companies"),
        )
        batch.settle()
        batch.allot(Unit, column="code")
        columns = {"name": "s.name"}
        if batch.has("manager"):
            columns["manager_id"] = "s.manager_id"
        if batch.has("closed_on"):
            columns["closed_on"] = "s.closed_on"
        insert = {
            "public_id": "gen_random_uuid()", "code": "s.code", "organization_id": "s.organization_id",
            "path": "'/' || s.object_id || '/'",
        }  # fmt: skip
        batch.upsert(model=Unit, columns=columns, insert=insert)
        if batch.has("parent"):
            self._take_tree(batch)

    def _check_parents(self, batch: StagedBatch) -> None:
        batch.reject(
            "s.parent IS NOT NULL AND s.parent NOT IN (SELECT code FROM people_unit) "
            "AND s.parent NOT IN (SELECT code FROM {stage} WHERE code IS NOT NULL)",
            field="parent",
            reason=_("is no unit, neither here nor in the file"),
        )
        batch.params["deepest"] = _DEEPEST
        batch.reject(
            "s.row_no IN (WITH RECURSIVE up AS ("
            "SELECT row_no, code AS start, parent AS now, 1 AS depth FROM {stage} WHERE parent IS NOT NULL "
            "UNION ALL SELECT up.row_no, up.start, "
            "CASE WHEN f.row_no IS NOT NULL THEN f.parent ELSE above.code END, depth + 1 "
            "FROM up LEFT JOIN {stage} f ON f.code = up.now LEFT JOIN people_unit u ON u.code = up.now "
            "LEFT JOIN people_unit above ON above.id = u.parent_id "
            "WHERE up.now IS NOT NULL AND up.now <> up.start AND depth < %(deepest)s) "
            "SELECT row_no FROM up WHERE now = start OR depth = %(deepest)s)",
            field="parent",
            reason=_("makes the unit stand below itself"),
        )

    def _take_tree(self, batch: StagedBatch) -> None:
        batch.temporary(
            "import_parent",
            "SELECT s.row_no, s.object_id, false AS fresh, p.id AS parent_id FROM {stage} s "
            "LEFT JOIN people_unit p ON p.code = s.parent WHERE NOT s.bad",
        )
        batch.upsert(model=Unit, columns={"parent_id": "s.parent_id"}, table="import_parent", where="true")
        batch.temporary(
            "import_path",
            "WITH RECURSIVE tree AS (SELECT id, '/' || id || '/' AS path FROM people_unit WHERE parent_id IS NULL "
            "UNION ALL SELECT u.id, t.path || u.id || '/' FROM people_unit u JOIN tree t ON u.parent_id = t.id) "
            "SELECT -id AS row_no, id AS object_id, false AS fresh, path FROM tree",
        )
        batch.upsert(model=Unit, columns={"path": "s.path"}, table="import_path", where="true")
