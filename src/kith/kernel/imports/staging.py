"""The stage: a temporary table of clean rows, and the set-based steps that take them into the tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.utils.translation import gettext as _
from psycopg import sql

from kith.kernel.imports.fields import Derived, Field, column_type
from kith.kernel.imports.rows import shortened

STAGE = sql.Identifier("import_stage")
FAULTS = sql.Identifier("import_faults")


@dataclass(frozen=True)
class Reject:
    """A field of a row that was not taken: source file, line, field ("" for the whole row), value, reason."""

    source: str
    line: int
    field: str
    value: str
    reason: str


@dataclass(frozen=True)
class Outcome:
    """What came of a batch, counted in rows of the file."""

    created: int
    updated: int
    unchanged: int
    rejected: int


def model_label(model: type[Model]) -> str:
    """Return the label under which rows of `model` are journalled and external ids are kept."""
    return model._meta.label_lower  # noqa: SLF001  (Django's public API in all but name)


def model_table(model: type[Model]) -> sql.Identifier:
    """Return the quoted table of `model`."""
    return sql.Identifier(model._meta.db_table)  # noqa: SLF001  (likewise)


class StagedBatch:
    """The rows of one import in the table `{stage}`.

    It has one column per field of the kind (NULL where the file does not give it), and `row_no`, `source`, `line`,
    `bad`, `touched`, `object_id`, `fresh` (the object is new). Every SQL text may say `{stage}`; parameters are named:
    `%(system)s`, `%(batch)s`, and those of `params`.
    """

    def __init__(
        self, *, cursor: CursorWrapper, batch_id: int, system: str, mapped: frozenset[str], params: Mapping[str, object]
    ) -> None:
        self._cursor = cursor
        self.batch_id = batch_id
        self.system = system
        self.mapped = mapped
        self.params: dict[str, Any] = {"system": system, "batch": batch_id, **params}

    def has(self, field: str) -> bool:
        """Return whether the file gives this field; where it does not, what is kept stays."""
        return field in self.mapped

    def run(self, text: str, **names: sql.Composable) -> int:
        """Run one statement and return how many rows it touched."""
        self._cursor.execute(self._composed(text, names), self.params)
        return int(self._cursor.rowcount)

    def fetch(self, text: str, **names: sql.Composable) -> list[tuple[Any, ...]]:
        """Run one query and return its rows."""
        self._cursor.execute(self._composed(text, names), self.params)
        return list(self._cursor.fetchall())

    def _composed(self, text: str, names: Mapping[str, sql.Composable]) -> sql.Composed:
        return sql.SQL(text).format(stage=STAGE, faults=FAULTS, **names)

    def reject(self, where: str, *, field: str, reason: str, value: str = "", **names: sql.Composable) -> int:
        """Reject the rows of `{stage} s` for which the SQL condition `where` holds; all reasons of a row are kept.

        `value` is the SQL expression of what was wrong (the field's own column by default); `reason` the sentence.
        """
        shown = sql.SQL(value).format(stage=STAGE, **names) if value else sql.Identifier("s", field)
        return self.run(
            "INSERT INTO {faults} (row_no, field, value, reason) "
            "SELECT s.row_no, {field}, left({shown}::text, 200), {reason} FROM {stage} s WHERE {where}",
            field=sql.Literal(field),
            shown=shown,
            reason=sql.Literal(reason),
            where=sql.SQL(where).format(stage=STAGE, **names),
        )

    def reject_repeats(self, columns: Sequence[str], *, field: str = "") -> int:
        """Reject every row whose `columns` stood on an earlier line; rows where one of them is empty do not count."""
        listed = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
        given = sql.SQL(" AND ").join(sql.SQL("{} IS NOT NULL").format(sql.Identifier(name)) for name in columns)
        return self.run(
            "INSERT INTO {faults} (row_no, field, value, reason) "
            "SELECT row_no, {field}, left({shown}::text, 200), replace({reason}, '#', first::text) FROM ("
            "SELECT *, row_number() OVER w AS place, first_value(line) OVER w AS first FROM {stage} s "
            "WHERE NOT bad AND {given} WINDOW w AS (PARTITION BY {listed} ORDER BY row_no)) s WHERE place > 1",
            field=sql.Literal(field or columns[0]),
            shown=sql.Identifier("s", field or columns[0]),
            reason=sql.Literal(_("is on line # already")),
            given=given,
            listed=listed,
        )

    def temporary(self, table: str, select: str, **names: sql.Composable) -> None:
        """Make a temporary table of what `select` gives; it goes with the transaction."""
        made = {"table": sql.Identifier(table), **names}
        self.run("DROP TABLE IF EXISTS {table}", **made)
        self.run("CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS " + select, **made)

    def settle(self) -> None:
        """Take the rows with faults out of what follows."""
        self.run(
            "UPDATE {stage} s SET bad = true FROM (SELECT DISTINCT row_no FROM {faults}) f "
            "WHERE f.row_no = s.row_no AND NOT s.bad"
        )

    def refer(
        self, *, column: str, into: str, model: type[Model], reason: str, natural: str = "", table: str = "import_stage"
    ) -> None:
        """Find the object that `column` names: by external id, else by the `natural` column of the model.

        A column `into` (bigint) is added to the stage; a row that names what is not there is rejected with `reason`.
        """
        names = {
            "table": sql.Identifier(table), "column": sql.Identifier(column), "into": sql.Identifier(into),
            "model": model_table(model), "natural": sql.Identifier(natural or "id"),
            "label": sql.Literal(model_label(model)),
        }  # fmt: skip
        self.run("ALTER TABLE {table} ADD COLUMN {into} bigint", **names)
        self.run(
            "UPDATE {table} s SET {into} = e.object_id FROM kernel_externalid e JOIN {model} m ON m.id = e.object_id "
            "WHERE e.system = %(system)s AND e.kind = {label} AND e.external_id = s.{column}",
            **names,
        )
        if natural:
            self.run(
                "UPDATE {table} s SET {into} = m.id FROM {model} m WHERE s.{into} IS NULL AND m.{natural} = s.{column}",
                **names,
            )
        if table == "import_stage":
            self.reject("s.{column} IS NOT NULL AND s.{into} IS NULL", field=column, reason=reason,
                        column=names["column"], into=names["into"])  # fmt: skip

    def find(self, model: type[Model], *, column: str = "external_id") -> None:
        """Set `object_id` of the rows whose external id is known and whose object still is there."""
        self.run(
            "UPDATE {stage} s SET object_id = e.object_id "
            "FROM kernel_externalid e JOIN {model} m ON m.id = e.object_id "
            "WHERE e.system = %(system)s AND e.kind = {label} AND e.external_id = s.{column}",
            model=model_table(model),
            label=sql.Literal(model_label(model)),
            column=sql.Identifier(column),
        )

    def allot(self, model: type[Model], *, column: str = "external_id") -> None:
        """Give new ids to the good rows without object, and record whose external ids all good rows have."""
        self.run(
            "UPDATE {stage} SET fresh = true, object_id = nextval(pg_get_serial_sequence({table}, 'id')) "
            "WHERE object_id IS NULL AND NOT bad",
            table=sql.Literal(model._meta.db_table),  # noqa: SLF001  (likewise)
        )
        self.remember(model, column=column)

    def remember(self, model: type[Model], *, column: str, id_column: str = "object_id") -> None:
        """Record the external ids in `column` of the good rows for the objects in `id_column`."""
        self.run(
            "INSERT INTO kernel_externalid AS e (system, kind, external_id, object_id) "
            "SELECT DISTINCT ON (s.{column}) %(system)s, {label}, s.{column}, s.{id} FROM {stage} s "
            "WHERE NOT s.bad AND s.{column} IS NOT NULL AND s.{id} IS NOT NULL "
            "ON CONFLICT (system, kind, external_id) DO UPDATE SET object_id = excluded.object_id "
            "WHERE e.object_id <> excluded.object_id",
            label=sql.Literal(model_label(model)),
            column=sql.Identifier(column),
            id=sql.Identifier(id_column),
        )

    def upsert(
        self, *, model: type[Model], columns: Mapping[str, str], insert: Mapping[str, str] | None = None,
        update: Mapping[str, str] | None = None, along: Mapping[str, str] | None = None,
        table: str = "import_stage", id_column: str = "object_id", fresh: str = "fresh", where: str = "NOT s.bad",
    ) -> None:  # fmt: skip
        """Insert the fresh rows of `table s` and update those that differ, with a journal of both.

        `columns` maps columns of the model to SQL expressions over `s`, written on insert and update; `insert`
        those written on insert only; `update` those on update only, where `t` is the row as it was; `along` those
        that are written when another column changes (`t.version + 1`). `table` needs `row_no`, so that the row of
        the file counts as updated.
        """
        names: dict[str, sql.Composable] = {
            "model": model_table(model), "label": sql.Literal(model_label(model)), "table": sql.Identifier(table),
            "id": sql.Identifier("s", id_column), "fresh": sql.Identifier("s", fresh),
            "where": sql.SQL(where).format(stage=STAGE),
        }  # fmt: skip
        every = {**columns, **(insert or {})}
        if self._is_any("{fresh}", names):
            self._insert(every, names)
        if (changing := {**columns, **(update or {})}) and self._is_any("NOT {fresh}", names):
            self._update(changing, along or {}, names)

    def _is_any(self, condition: str, names: Mapping[str, sql.Composable]) -> bool:
        asked = {**names, "condition": sql.SQL(condition).format(fresh=names["fresh"])}
        ((found,),) = self.fetch("SELECT EXISTS (SELECT 1 FROM {table} s WHERE {condition} AND {where})", **asked)
        return bool(found)

    def _insert(self, every: Mapping[str, str], names: Mapping[str, sql.Composable]) -> None:
        self.run(
            "WITH made AS (INSERT INTO {model} (id, {names}) SELECT {id}, {values} FROM {table} s "
            "WHERE {fresh} AND {id} IS NOT NULL AND {where} RETURNING id) "
            "INSERT INTO kernel_importedrow (batch_id, model, object_id, action) "
            "SELECT %(batch)s, {label}, id, 'created' FROM made",
            **names,
            names=sql.SQL(", ").join(sql.Identifier(name) for name in every),
            values=sql.SQL(", ").join(sql.SQL(value).format(stage=STAGE) for value in every.values()),
        )

    def _update(
        self, columns: Mapping[str, str], along: Mapping[str, str], names: Mapping[str, sql.Composable]
    ) -> None:
        new = [sql.SQL(value).format(stage=STAGE) for value in columns.values()]
        old = [sql.Identifier("t", name) for name in columns]
        pairs = [(sql.Literal(name), sql.Identifier("t", name)) for name in (*columns, *along)]
        every = {**columns, **along}
        self.run(
            "WITH changed AS (SELECT t.id, s.row_no, jsonb_build_object({pairs}) AS before FROM {model} t "
            "JOIN {table} s ON t.id = {id} WHERE NOT {fresh} AND {where} AND ({old}) IS DISTINCT FROM ({new})), "
            "made AS (UPDATE {model} t SET {sets} FROM {table} s, changed c WHERE t.id = c.id AND s.row_no = c.row_no "
            "AND t.id = {id} RETURNING t.id, jsonb_build_object({pairs}) AS after), "
            "mark AS (UPDATE {stage} f SET touched = true FROM changed c WHERE f.row_no = c.row_no AND NOT f.touched) "
            "INSERT INTO kernel_importedrow (batch_id, model, object_id, action, before, after) "
            "SELECT %(batch)s, {label}, id, 'updated', before, after FROM made JOIN changed USING (id)",
            **names,
            pairs=sql.SQL(", ").join(part for pair in pairs for part in pair),
            old=sql.SQL(", ").join([*old, sql.SQL("1")]),
            new=sql.SQL(", ").join([*new, sql.SQL("1")]),
            sets=sql.SQL(", ").join(
                sql.SQL("{} = {}").format(sql.Identifier(name), sql.SQL(value).format(stage=STAGE))
                for name, value in every.items()
            ),
        )

    def outcome(self) -> Outcome:
        """Return the counts of the batch (rows that were never staged not among them)."""
        ((created, updated, unchanged, rejected),) = self.fetch(
            "SELECT count(*) FILTER (WHERE fresh AND NOT bad), "
            "count(*) FILTER (WHERE touched AND NOT fresh AND NOT bad), "
            "count(*) FILTER (WHERE NOT touched AND NOT fresh AND NOT bad), count(*) FILTER (WHERE bad) FROM {stage}"
        )
        return Outcome(created, updated, unchanged, rejected)

    def rejects(self) -> list[Reject]:
        """Return the faults found so far, in the order of the file."""
        rows = self.fetch(
            "SELECT s.source, s.line, f.field, coalesce(f.value, ''), f.reason "
            "FROM {faults} f JOIN {stage} s USING (row_no) ORDER BY row_no, f.id"
        )
        return [Reject(source, line, field, shortened(value), reason) for source, line, field, value, reason in rows]


def create_stage(cursor: CursorWrapper, fields: Sequence[Field], derived: Sequence[Derived]) -> None:
    """Create the temporary tables of one import; they go with its transaction."""
    types = [*((field.name, column_type(field)) for field in fields), *((found.name, "text") for found in derived)]
    columns = [sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(type_)) for name, type_ in types]
    cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}, {}").format(STAGE, FAULTS))
    cursor.execute(
        sql.SQL(
            "CREATE TEMPORARY TABLE {stage} (row_no bigint PRIMARY KEY, source text NOT NULL, line bigint NOT NULL, "
            "bad boolean NOT NULL DEFAULT false, touched boolean NOT NULL DEFAULT false, object_id bigint, "
            "fresh boolean NOT NULL DEFAULT false, {columns}) WITH (fillfactor = 40) ON COMMIT DROP"
        ).format(stage=STAGE, columns=sql.SQL(", ").join(columns))
    )
    cursor.execute(
        sql.SQL(
            "CREATE TEMPORARY TABLE {faults} (id bigint GENERATED ALWAYS AS IDENTITY, row_no bigint NOT NULL, "
            "field text NOT NULL, value text, reason text NOT NULL) ON COMMIT DROP"
        ).format(faults=FAULTS)
    )


def stage_cursor() -> CursorWrapper:
    """Return a cursor of the current connection that has no plans left of when the tables were small.

    The checks of foreign keys keep theirs for the life of a connection: one made for an almost empty table reads
    the whole of it for each row of a large import.
    """
    cursor = connection.cursor()
    cursor.execute("DISCARD PLANS")
    return cursor
