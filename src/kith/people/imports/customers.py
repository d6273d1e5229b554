"""Import of customers: persons who buy for themselves or for a firm, and the firms."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg import sql

from kith.kernel.imports.fields import Field, FieldType
from kith.kernel.imports.publishing import publish_rows
from kith.kernel.imports.staging import StagedBatch
from kith.people.imports.common import SORT_KEY, check_birth, find_organization, find_persons, take_persons
from kith.people.imports.employees import LATELY
from kith.people.organizations.models import Organization
from kith.people.persons.facts import PersonRegistered
from kith.people.persons.models import Person
from kith.people.ties.facts import CustomerJoined
from kith.people.ties.models import Tie


class Customers:
    """A row is a person, a firm, or a person who stands for a firm.

    A person is never matched by a typed address, only by external id. A firm is known again by its external id.
    """

    name = "customers"
    label = gettext_lazy("Customers")
    help = gettext_lazy("Persons who buy, and the firms they stand for.")
    role = "shop"
    key = ("external_id",)
    derived = (SORT_KEY,)
    fields = (
        Field(
            "external_id",
            label=gettext_lazy("External id"),
            required=True,
            max_length=120,
            example="C-1",
            help=gettext_lazy("The person's key in the other system, or the firm's where there is no person."),
        ),
        Field(
            "full_name",
            label=gettext_lazy("Full name"),
            max_length=200,
            help=gettext_lazy("Empty where it is a firm."),
            example="Trần Bình",
        ),
        Field("mailbox", FieldType.EMAIL, label=gettext_lazy("Mailbox"), example="binh@example.org"),
        Field("phone", label=gettext_lazy("Phone"), max_length=32),
        Field("preferred_name", label=gettext_lazy("Preferred name"), max_length=100),
        Field("language", FieldType.LANGUAGE, label=gettext_lazy("Language"), example="vi"),
        Field("zone", FieldType.ZONE, label=gettext_lazy("Time zone"), example="Asia/Ho_Chi_Minh"),
        Field("born", FieldType.DATE, label=gettext_lazy("Born")),
        Field(
            "number",
            label=gettext_lazy("Customer number"),
            max_length=40,
            help=gettext_lazy("The customer number."),
            example="AC-100",
        ),
        Field(
            "since",
            FieldType.DATE,
            label=gettext_lazy("Customer since"),
            help=gettext_lazy("Customer since; empty: the day of the import."),
        ),
        Field(
            "firm",
            label=gettext_lazy("Key of the firm"),
            max_length=120,
            help=gettext_lazy("The key of the firm in the other system."),
        ),
        Field("firm_name", label=gettext_lazy("Name of the firm"), max_length=200),
        Field("country", FieldType.COUNTRY, label=gettext_lazy("Country"), help=gettext_lazy("Where the firm is.")),
        Field(
            "address",
            label=gettext_lazy("Address"),
            max_length=500,
            multiline=True,
            help=gettext_lazy("The firm's address."),
        ),
        Field(
            "organization",
            label=gettext_lazy("Company"),
            help=gettext_lazy("The name of one of our companies; empty: the company itself."),
        ),
    )

    def load(self, *, batch: StagedBatch, by_id: int | None, at: datetime) -> None:  # noqa: ARG002
        """Take firms, then persons, then ties; publish who is new."""
        find_organization(batch)
        find_persons(batch)
        check_birth(batch)
        batch.reject("s.full_name IS NULL AND s.firm_name IS NULL", field="full_name", reason=_("is missing"))
        batch.reject(
            "s.firm IS NULL AND s.firm_name IS NOT NULL AND s.full_name IS NOT NULL",
            field="firm",
            reason=_("is missing: a firm needs its key"),
        )
        batch.reject(
            "s.firm IS NOT NULL AND s.firm NOT IN (SELECT external_id FROM kernel_externalid WHERE system = %(system)s "
            "AND kind = 'people.organization') "
            "AND s.firm NOT IN (SELECT firm FROM {stage} WHERE firm IS NOT NULL AND firm_name IS NOT NULL)",
            field="firm",
            reason=_("is no firm we know; give its name too"),
        )
        self._check_numbers(batch)
        batch.settle()
        batch.reject_repeats(["object_id"], field="external_id")
        batch.settle()
        batch.run("UPDATE {stage} SET firm = external_id WHERE full_name IS NULL AND firm IS NULL")
        self._take_firms(batch)
        self._take_persons(batch)
        self._take_ties(batch)

    def _check_numbers(self, batch: StagedBatch) -> None:
        if not batch.has("number"):
            return
        batch.reject(
            "EXISTS (SELECT 1 FROM people_tie t WHERE t.kind = 'customer' AND t.organization_id = s.organization_id "
            "AND t.number = s.number AND s.full_name IS NOT NULL AND t.person_id IS DISTINCT FROM s.object_id)",
            field="number",
            reason=_("is the customer number of someone else"),
        )
        batch.reject_repeats(["organization_id", "number"], field="number")

    def _take_firms(self, batch: StagedBatch) -> None:
        batch.temporary(
            "import_firm",
            "SELECT DISTINCT ON (firm) row_no, firm, firm_name, country, address, NULL::bigint AS object_id, "
            "false AS fresh FROM {stage} WHERE NOT bad AND firm IS NOT NULL "
            "ORDER BY firm, full_name IS NOT NULL, row_no",
        )
        batch.run(
            "UPDATE import_firm f SET object_id = e.object_id FROM kernel_externalid e JOIN people_organization o "
            "ON o.id = e.object_id WHERE e.system = %(system)s AND e.kind = 'people.organization' "
            "AND e.external_id = f.firm"
        )
        batch.run(
            "UPDATE import_firm SET fresh = true, "
            "object_id = nextval(pg_get_serial_sequence('people_organization', 'id')) "
            "WHERE object_id IS NULL AND firm_name IS NOT NULL"
        )
        insert = {"public_id": "gen_random_uuid()", "kind": "'outside'", "currency": "''", "tax_id": "''"}
        columns: dict[str, str] = {}
        for name in ("country", "address"):
            (columns if batch.has(name) else insert)[name] = f"coalesce(s.{name}, '')"
        (columns if batch.has("firm_name") else insert)["name"] = "s.firm_name"
        where = "s.firm_name IS NOT NULL"
        batch.upsert(model=Organization, columns=columns, insert=insert, table="import_firm", where=where)
        batch.run("ALTER TABLE {stage} ADD COLUMN firm_id bigint")
        batch.run("UPDATE {stage} s SET firm_id = f.object_id FROM import_firm f WHERE f.firm = s.firm AND NOT s.bad")
        batch.run(
            "UPDATE {stage} s SET object_id = f.object_id, fresh = f.fresh FROM import_firm f "
            "WHERE f.firm = s.firm AND s.full_name IS NULL AND NOT s.bad"
        )
        batch.remember(Organization, column="firm", id_column="firm_id")

    def _take_persons(self, batch: StagedBatch) -> None:
        batch.run(
            "UPDATE {stage} s SET fresh = true, object_id = nextval(pg_get_serial_sequence('people_person', 'id')) "
            "WHERE s.object_id IS NULL AND NOT s.bad AND s.full_name IS NOT NULL"
        )
        batch.run("ALTER TABLE {stage} ADD COLUMN person_id bigint")
        batch.run("UPDATE {stage} s SET person_id = s.object_id WHERE NOT s.bad AND s.full_name IS NOT NULL")
        batch.remember(Person, column="external_id", id_column="person_id")
        take_persons(batch, where="NOT s.bad AND s.full_name IS NOT NULL")
        publish_rows(
            batch,
            PersonRegistered,
            columns={"person_id": "s.object_id"},
            table="import_stage",
            where="s.fresh AND NOT s.bad AND s.full_name IS NOT NULL",
        )

    def _take_ties(self, batch: StagedBatch) -> None:
        batch.temporary(
            "import_tie",
            "SELECT s.row_no, s.person_id, s.organization_id, s.number, s.since, s.firm_id, t.id AS object_id, "
            "t.id IS NULL AS fresh FROM {stage} s LEFT JOIN LATERAL (SELECT t.id FROM people_tie t "
            "WHERE t.person_id = s.person_id AND t.organization_id = s.organization_id AND t.kind = 'customer' "
            "AND t.until IS NULL ORDER BY (t.for_organization_id IS NOT DISTINCT FROM s.firm_id) DESC, "
            "t.since DESC, t.id DESC LIMIT 1) t ON true WHERE NOT s.bad AND s.person_id IS NOT NULL",
        )
        batch.run(
            "UPDATE {table} SET object_id = nextval(pg_get_serial_sequence('people_tie', 'id')) WHERE fresh",
            table=sql.Identifier("import_tie"),
        )
        insert = {
            "public_id": "gen_random_uuid()", "person_id": "s.person_id", "organization_id": "s.organization_id",
            "kind": "'customer'",
        }  # fmt: skip
        today = "(%(at)s::timestamptz AT TIME ZONE 'UTC')::date"
        columns: dict[str, str] = {}
        update = {"since": "coalesce(s.since, t.since)"} if batch.has("since") else {}
        insert["since"] = f"coalesce(s.since, {today})"
        (columns if batch.has("number") else insert)["number"] = "coalesce(s.number, '')"
        (columns if batch.has("firm") else insert)["for_organization_id"] = "s.firm_id"
        batch.upsert(model=Tie, columns=columns, insert=insert, update=update, table="import_tie", where="true")
        publish_rows(
            batch,
            CustomerJoined,
            columns={"person_id": "s.person_id", "tie_id": "s.object_id"},
            table="import_tie",
            where=f"s.fresh AND {LATELY}",
        )
