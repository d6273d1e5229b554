"""The places in an employee's row: the present one as columns, or all of them as a list."""

from django.utils.translation import gettext as _
from psycopg import sql

from kith.kernel.imports.publishing import publish_rows
from kith.kernel.imports.staging import StagedBatch
from kith.people.calendars.models import Shift
from kith.people.organizations.models import Site, Unit
from kith.people.ties.facts import EmployeeMoved
from kith.people.ties.models import Assignment

_TABLE = "import_place"


class AssignmentRows:
    """The table `import_place`: one row per place of a row of the file, first as named, then as found.

    `flat` places come from the columns of the row; they have no dates of their own but `assigned_since`.
    """

    def __init__(self, batch: StagedBatch) -> None:
        """Cut the places out of the stage."""
        self.batch = batch
        self.given = batch.has("unit") or batch.has("site") or batch.has("assignments")
        if self.given:
            self._cut()

    def _cut(self) -> None:
        names = ("unit", "site", "shift", "title", "manager")
        listed = [sql.SQL("e.value ->> {} AS {}").format(sql.Literal(name), sql.Identifier(name)) for name in names]
        self.batch.temporary(
            _TABLE,
            "SELECT s.row_no, 0::bigint AS place, true AS flat, {flat}, s.assigned_since AS since, NULL::date AS until "
            "FROM {stage} s WHERE NOT s.bad AND (s.unit IS NOT NULL OR s.site IS NOT NULL) "
            "AND coalesce(jsonb_array_length(s.assignments), 0) = 0 "
            "UNION ALL SELECT s.row_no, e.place, false, {listed}, "
            "(e.value ->> 'since')::date, (e.value ->> 'until')::date "
            "FROM {stage} s, jsonb_array_elements(s.assignments) WITH ORDINALITY e(value, place) WHERE NOT s.bad",
            flat=sql.SQL(", ").join([sql.Identifier("s", name) for name in names]),
            listed=sql.SQL(", ").join(listed),
        )
        self.batch.run("ALTER TABLE {table} ADD PRIMARY KEY (row_no, place)", table=sql.Identifier(_TABLE))

    def check(self) -> None:
        """Find what the places name, and reject the rows that name what is not there."""
        if not self.given:
            return
        for column, model in (("unit", Unit), ("site", Site), ("shift", Shift)):
            self.batch.refer(column=column, into=f"{column}_id", model=model, natural="code", table=_TABLE, reason="")
        self.batch.run(
            "UPDATE import_place p SET site_id = coalesce((SELECT a.site_id FROM people_assignment a JOIN people_tie t "
            "ON t.id = a.tie_id WHERE t.person_id = s.object_id AND t.kind = 'employee' AND t.organization_id = "
            "s.organization_id ORDER BY a.since DESC, a.id DESC LIMIT 1), "
            "(SELECT min(id) FROM people_site HAVING count(*) = 1)) "
            "FROM {stage} s WHERE s.row_no = p.row_no AND p.site IS NULL"
        )
        self._reject("p.unit IS NULL", field="unit", reason=_("is missing"))
        self._reject("p.unit IS NOT NULL AND p.unit_id IS NULL", field="unit", reason=_("is no unit we know"))
        self._reject("p.site IS NULL AND p.site_id IS NULL", field="site", reason=_("is missing"))
        self._reject("p.site IS NOT NULL AND p.site_id IS NULL", field="site", reason=_("is no site we know"))
        self._reject("p.shift IS NOT NULL AND p.shift_id IS NULL", field="shift", reason=_("is no shift we know"))
        theirs = _("belongs to another of our companies")
        self._reject(
            "EXISTS (SELECT 1 FROM people_unit x WHERE x.id = p.unit_id AND x.organization_id <> s.organization_id)",
            field="unit",
            reason=theirs,
        )
        self._reject(
            "EXISTS (SELECT 1 FROM people_site x WHERE x.id = p.site_id AND x.organization_id <> s.organization_id)",
            field="site",
            reason=theirs,
        )
        self._check_dates_and_managers()

    def _check_dates_and_managers(self) -> None:
        self._reject("p.until < p.since", field="until", reason=_("lies before its beginning"))
        self._reject(
            "NOT p.flat AND EXISTS (SELECT 1 FROM import_place o WHERE o.row_no = p.row_no AND o.place < p.place "
            "AND o.since = p.since)",
            field="since",
            reason=_("is the first day of another place too"),
        )
        self._reject("p.manager = s.external_id", field="manager", reason=_("cannot be the person themselves"))
        self._reject(
            "p.manager IS NOT NULL "
            "AND p.manager NOT IN (SELECT external_id FROM {stage} WHERE external_id IS NOT NULL) "
            "AND p.manager NOT IN (SELECT external_id FROM kernel_externalid WHERE system = %(system)s "
            "AND kind = 'people.person') AND NOT EXISTS (SELECT 1 FROM people_tie t WHERE t.kind = 'employee' "
            "AND t.organization_id = s.organization_id AND t.number = p.manager)",
            field="manager",
            reason=_("is nobody we know"),
        )

    def _reject(self, where: str, *, field: str, reason: str) -> None:
        self.batch.run(
            "INSERT INTO {faults} (row_no, field, value, reason) SELECT p.row_no, "
            "CASE WHEN NOT p.flat THEN 'assignments[' || p.place || '].' || {field} "
            "WHEN {field} = 'since' THEN 'assigned_since' ELSE {field} END, p.{column}::text, {reason} "
            "FROM import_place p JOIN {stage} s USING (row_no) WHERE " + where,
            field=sql.Literal(field),
            column=sql.Identifier(field),
            reason=sql.Literal(reason),
        )

    def fill_zone(self) -> None:
        """Give people without time zone that of the site where they work last."""
        if self.given:
            self.batch.run(
                "UPDATE {stage} s SET zone = x.zone "
                "FROM (SELECT DISTINCT ON (row_no) row_no, site_id FROM import_place "
                "ORDER BY row_no, since DESC NULLS FIRST) p JOIN people_site x ON x.id = p.site_id "
                "WHERE p.row_no = s.row_no AND s.zone IS NULL AND s.object_id IS NULL"
            )

    def take(self) -> None:
        """Insert and update the assignments of the ties in `import_tie`; what ends with the tie ends with it."""
        if self.given:
            self._find_managers()
            self._match()
            self._write()
        batch = self.batch
        if batch.has("left"):
            self._end(
                "SELECT t.row_no, a.id AS object_id, t.until, false AS fresh "
                "FROM import_tie t JOIN people_assignment a ON a.tie_id = t.object_id "
                "WHERE t.until IS NOT NULL AND a.since <= t.until AND (a.until IS NULL OR a.until > t.until)"
            )

    def _end(self, select: str) -> None:
        self.batch.temporary("import_end", select)
        self.batch.upsert(model=Assignment, columns={"until": "s.until"}, table="import_end", where="true")

    def _find_managers(self) -> None:
        self.batch.run("ALTER TABLE import_place ADD COLUMN manager_id bigint")
        self.batch.run(
            "UPDATE import_place p SET manager_id = e.object_id FROM kernel_externalid e "
            "JOIN people_person x ON x.id = e.object_id WHERE e.system = %(system)s AND e.kind = 'people.person' "
            "AND e.external_id = p.manager"
        )
        self.batch.run(
            "UPDATE import_place p SET manager_id = t.person_id FROM people_tie t, {stage} s WHERE s.row_no = p.row_no "
            "AND p.manager_id IS NULL AND p.manager IS NOT NULL AND t.kind = 'employee' "
            "AND t.organization_id = s.organization_id AND t.number = p.manager AND t.number <> ''"
        )

    def _match(self) -> None:
        """Find which assignment each place is: in a list by its first day, else the last one or a move from it."""
        here = "a.unit_id = p.unit_id AND a.site_id = p.site_id"
        if self.batch.has("shift"):
            here += " AND a.shift_id IS NOT DISTINCT FROM p.shift_id"
        self.batch.temporary(
            "import_assignment",
            "SELECT p.row_no, p.place, p.flat, t.object_id AS tie_id, t.person_id, t.fresh AS tie_fresh, p.unit_id, "
            "p.site_id, p.shift_id, p.title, p.manager_id, p.until, t.until AS tie_until, a.id AS last_id, "
            "CASE WHEN NOT p.flat THEN p.since WHEN a.id IS NULL THEN coalesce(p.since, t.since) "
            "WHEN {here} THEN coalesce(p.since, a.since) "
            "ELSE greatest(coalesce(p.since, {today}), a.since) END AS since, "
            "a.id IS NOT NULL AND (NOT p.flat OR ({here}) OR coalesce(p.since, {today}) <= a.since) AS same, "
            "NULL::bigint AS object_id, false AS fresh "
            "FROM import_place p JOIN import_tie t USING (row_no) LEFT JOIN LATERAL (SELECT a.* "
            "FROM people_assignment a WHERE a.tie_id = t.object_id AND (p.flat OR a.since = p.since) "
            "ORDER BY a.since DESC, a.id DESC LIMIT 1) a ON true",
            here=sql.SQL(here),
            today=sql.SQL("(%(at)s::timestamptz AT TIME ZONE 'UTC')::date"),
        )
        self.batch.run(
            "UPDATE import_assignment SET fresh = NOT same, object_id = CASE WHEN same THEN last_id "
            "ELSE nextval(pg_get_serial_sequence('people_assignment', 'id')) END"
        )

    def _write(self) -> None:
        batch, listed = self.batch, self.batch.has("assignments")
        self._end(
            "SELECT row_no, last_id AS object_id, since - 1 AS until, false AS fresh FROM import_assignment "
            "WHERE flat AND fresh AND last_id IS NOT NULL"
        )
        columns = {"unit_id": "s.unit_id", "site_id": "s.site_id", "since": "s.since"}
        insert = {"tie_id": "s.tie_id"}
        optional = {"shift": "s.shift_id", "title": "coalesce(s.title, '')", "manager": "s.manager_id"}
        for name, value in optional.items():
            column = name if name == "title" else f"{name}_id"
            (columns if listed or batch.has(name) else insert)[column] = value
        dated = columns if listed or batch.has("left") else insert
        dated["until"] = "CASE WHEN s.tie_until < s.since THEN s.until ELSE least(s.until, s.tie_until) END"
        batch.upsert(model=Assignment, columns=columns, insert=insert, table="import_assignment", where="true")
        publish_rows(
            batch,
            EmployeeMoved,
            columns={"person_id": "s.person_id", "tie_id": "s.tie_id", "unit_id": "s.unit_id"},
            table="import_assignment",
            where="s.fresh AND NOT s.tie_fresh AND s.until IS NULL AND s.tie_until IS NULL",
        )
