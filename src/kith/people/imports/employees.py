"""Import of employees: the person, the tie to our company, and where they belong and work, with history."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg import sql

from kith.kernel.imports.fields import Field, FieldType
from kith.kernel.imports.publishing import publish_rows
from kith.kernel.imports.staging import StagedBatch
from kith.people.imports.assignments import AssignmentRows
from kith.people.imports.common import SORT_KEY, check_birth, find_organization, find_persons, take_persons
from kith.people.persons.facts import PersonRegistered
from kith.people.persons.models import Person
from kith.people.ties.facts import EmployeeHired, EmployeeLeft
from kith.people.ties.models import Tie

_PLACE = (
    Field(
        "unit", label=gettext_lazy("Unit"), max_length=120, help=gettext_lazy("The code of the unit."), example="D-07"
    ),
    Field(
        "site",
        label=gettext_lazy("Site"),
        max_length=120,
        help=gettext_lazy("The code of the site; empty: the only one there is."),
        example="HUE-1",
    ),
    Field(
        "shift",
        label=gettext_lazy("Shift"),
        max_length=120,
        help=gettext_lazy("The code of the shift."),
        example="night",
    ),
    Field("title", label=gettext_lazy("Title"), max_length=120, example="Machinist"),
    Field(
        "manager",
        label=gettext_lazy("Manager"),
        max_length=120,
        help=gettext_lazy("The manager's external id or personnel number."),
        example="1001",
    ),
)
LATELY = "s.since > (%(at)s::timestamptz - interval '31 days')::date"


class Employees:
    """People who work for us. Rows are known again by external id, or by the personnel number in their company."""

    name = "people"
    label = gettext_lazy("Employees")
    help = gettext_lazy(
        "People who work for us: name, contact, birthday, first and last day, unit, site, shift, manager."
    )
    role = "hr"
    key = ("external_id",)
    derived = (SORT_KEY,)
    fields = (
        Field(
            "external_id",
            label=gettext_lazy("External id"),
            required=True,
            max_length=120,
            help=gettext_lazy("The person's key in the other system."),
            example="1002",
        ),
        Field("full_name", label=gettext_lazy("Full name"), required=True, max_length=200, example="Nguyễn Thị Đào"),
        Field("preferred_name", label=gettext_lazy("Preferred name"), max_length=100, example="Đào"),
        Field(
            "number",
            label=gettext_lazy("Personnel number"),
            max_length=40,
            help=gettext_lazy("The personnel number."),
            example="E1002",
        ),
        Field("mailbox", FieldType.EMAIL, label=gettext_lazy("Mailbox"), example="dao@example.org"),
        Field("phone", label=gettext_lazy("Phone"), max_length=32, example="+84 24 3825 1234"),
        Field(
            "language",
            FieldType.LANGUAGE,
            label=gettext_lazy("Language"),
            help=gettext_lazy("Taken when the person is new."),
            example="vi",
        ),
        Field(
            "zone",
            FieldType.ZONE,
            label=gettext_lazy("Time zone"),
            help=gettext_lazy("Taken when the person is new; empty: the site's."),
            example="Asia/Ho_Chi_Minh",
        ),
        Field(
            "born",
            FieldType.DATE,
            label=gettext_lazy("Born"),
            help=gettext_lazy("Taken when the person is new."),
            example="1990-02-28",
        ),
        Field(
            "hired",
            FieldType.DATE,
            label=gettext_lazy("First day"),
            required=True,
            help=gettext_lazy("The first day."),
            example="2020-03-01",
        ),
        Field("left", FieldType.DATE, label=gettext_lazy("Last day"), help=gettext_lazy("The last day.")),
        Field(
            "organization",
            label=gettext_lazy("Company"),
            help=gettext_lazy("The name of one of our companies; empty: the company itself."),
        ),
        *_PLACE,
        Field(
            "assigned_since",
            FieldType.DATE,
            label=gettext_lazy("There since"),
            help=gettext_lazy("Since when they belong and work there."),
        ),
        Field(
            "assignments",
            FieldType.LIST,
            label=gettext_lazy("Assignments"),
            help=gettext_lazy("All of their places, with since and until."),
            items=(
                *_PLACE,
                Field("since", FieldType.DATE, label=gettext_lazy("Since"), required=True),
                Field("until", FieldType.DATE, label=gettext_lazy("Until")),
            ),
        ),
    )

    def load(self, *, batch: StagedBatch, by_id: int | None, at: datetime) -> None:  # noqa: ARG002
        """Take persons, then ties, then assignments; publish who is new, newly hired, and gone."""
        find_persons(batch)
        find_organization(batch)
        check_birth(batch)
        batch.reject('s."left" < s.hired', field="left", reason=_("lies before the first day"))
        self._find_by_number(batch)
        places = AssignmentRows(batch)
        places.check()
        batch.settle()
        batch.reject_repeats(["object_id"], field="external_id")
        batch.settle()
        places.fill_zone()
        batch.allot(Person)
        take_persons(batch)
        self._take_ties(batch)
        places.take()
        self._publish(batch)

    def _find_by_number(self, batch: StagedBatch) -> None:
        """Know persons again by personnel number, unless the other system knows them by another external id.

        Numbers that another person has, or two rows, are rejected.
        """
        if not batch.has("number"):
            return
        batch.run(
            "UPDATE {stage} s SET object_id = t.person_id FROM people_tie t WHERE s.object_id IS NULL "
            "AND t.kind = 'employee' AND t.organization_id = s.organization_id AND t.number = s.number "
            "AND s.number <> '' AND NOT EXISTS (SELECT 1 FROM kernel_externalid e WHERE e.system = %(system)s "
            "AND e.kind = 'people.person' AND e.object_id = t.person_id)"
        )
        batch.reject(
            "EXISTS (SELECT 1 FROM people_tie t WHERE t.kind = 'employee' AND t.organization_id = s.organization_id "
            "AND t.number = s.number AND s.number <> '' AND t.person_id IS DISTINCT FROM s.object_id)",
            field="number",
            reason=_("is the personnel number of someone else"),
        )
        batch.reject_repeats(["organization_id", "number"], field="number")

    def _take_ties(self, batch: StagedBatch) -> None:
        """Take each row as the latest tie that had not ended before its first day, or as a new one."""
        batch.temporary(
            "import_tie",
            "SELECT s.row_no, s.object_id AS person_id, s.organization_id, s.number, s.hired AS since, "
            's."left" AS until, '
            "t.id AS object_id, t.id IS NULL AS fresh FROM {stage} s LEFT JOIN LATERAL (SELECT t.id FROM people_tie t "
            "WHERE t.person_id = s.object_id AND t.organization_id = s.organization_id AND t.kind = 'employee' "
            "AND (t.until IS NULL OR t.until >= s.hired) ORDER BY t.since DESC, t.id DESC LIMIT 1) t ON true "
            "WHERE NOT s.bad",
        )
        batch.run(
            "UPDATE {table} SET object_id = nextval(pg_get_serial_sequence('people_tie', 'id')) WHERE fresh",
            table=sql.Identifier("import_tie"),
        )
        batch.temporary(
            "import_former",
            "SELECT n.row_no, t.id AS object_id, false AS fresh FROM import_tie n JOIN people_tie t "
            "ON t.person_id = n.person_id AND t.organization_id = n.organization_id AND t.kind = 'employee' "
            "AND t.number = n.number WHERE n.fresh AND n.number <> ''",
        )
        batch.upsert(model=Tie, columns={"number": "''"}, table="import_former", where="true")
        columns = {"since": "s.since"}
        insert = {
            "public_id": "gen_random_uuid()", "person_id": "s.person_id", "organization_id": "s.organization_id",
            "kind": "'employee'",
        }  # fmt: skip
        (columns if batch.has("number") else insert)["number"] = "coalesce(s.number, '')"
        (columns if batch.has("left") else insert)["until"] = "s.until"
        batch.upsert(model=Tie, columns=columns, insert=insert, table="import_tie", where="true")

    def _publish(self, batch: StagedBatch) -> None:
        """Tell who is new to us, who was hired lately (older hires are history, not news), and whose time ended."""
        person = {"person_id": "s.object_id"}
        tie = {"person_id": "s.person_id", "tie_id": "s.object_id"}
        publish_rows(batch, PersonRegistered, columns=person, table="import_stage", where="s.fresh AND NOT s.bad")
        publish_rows(
            batch,
            EmployeeHired,
            columns=tie,
            table="import_tie",
            where=f"s.fresh AND s.until IS NULL AND {LATELY}",
        )
        publish_rows(
            batch,
            EmployeeLeft,
            columns=tie,
            table="import_tie",
            where="s.until IS NOT NULL AND NOT s.fresh AND EXISTS (SELECT 1 FROM kernel_importedrow r "
            "WHERE r.batch_id = %(batch)s AND r.model = 'people.tie' AND r.object_id = s.object_id "
            "AND r.before ->> 'until' IS NULL AND r.after ->> 'until' IS NOT NULL)",
        )
