"""Undo of a batch: what it made is deleted unless used, what it changed is as before unless changed since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.utils.translation import gettext as _
from psycopg import sql

from kith.kernel.facts import publish
from kith.kernel.imports.facts import ImportUndone
from kith.kernel.imports.kinds import USES
from kith.kernel.imports.models import BatchState, ImportBatch
from kith.kernel.imports.staging import model_label, model_table, stage_cursor
from kith.kernel.refusals import Refusal

_JOURNAL = sql.SQL("SELECT object_id FROM import_journal WHERE model = {} AND action = 'created'")


@dataclass(frozen=True)
class Undone:
    """What an undo did, in rows of tables: deleted, restored, and kept because they are used or were changed since."""

    deleted: int
    restored: int
    kept: int


def undo(*, batch: ImportBatch, at: datetime, by_id: int | None) -> Undone:
    """Undo a committed batch; a second time is refused. Later batches are best undone first."""
    with transaction.atomic(), stage_cursor() as cursor:
        row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if row.state != BatchState.COMMITTED:
            raise Refusal(_("Only an import that was committed, and not undone since, can be undone."))
        _open_journal(cursor, row.pk)
        models = _models(cursor)
        restored = sum(_restore(cursor, model) for model, _total in models)
        deleted = sum(_delete(cursor, model) for model, _total in models)
        total = sum(total for _model, total in models)
        row.state, row.undone_at, row.undone_by_id = BatchState.UNDONE, at, by_id
        row.save(update_fields=["state", "undone_at", "undone_by_id"])
        publish(ImportUndone(batch_id=row.pk, kind=row.kind), at=at, by_id=by_id)
    return Undone(deleted=deleted, restored=restored, kept=total - deleted - restored)


def _open_journal(cursor: CursorWrapper, batch_id: int) -> None:
    """Put what the batch wrote into the temporary table `import_journal`, which the planner knows the size of."""
    cursor.execute("DROP TABLE IF EXISTS import_journal")
    cursor.execute(
        "CREATE TEMPORARY TABLE import_journal ON COMMIT DROP AS SELECT * FROM kernel_importedrow WHERE batch_id = %s",
        [batch_id],
    )
    cursor.execute("CREATE INDEX ON import_journal (model, object_id)")
    cursor.execute("ANALYZE import_journal")


def _models(cursor: CursorWrapper) -> list[tuple[type[Model], int]]:
    """Return the models a batch wrote, the last one written first, with how many of their rows it wrote."""
    cursor.execute("SELECT model, count(DISTINCT object_id) FROM import_journal GROUP BY model ORDER BY min(id) DESC")
    return [(apps.get_model(label), total) for label, total in cursor.fetchall()]


def _restore(cursor: CursorWrapper, model: type[Model]) -> int:
    """Take back the changes of a model's rows, the last change of each first; return how many rows are as before."""
    columns = [str(field.column) for field in model._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
    statement = sql.SQL(
        "UPDATE {model} t SET ({columns}) = (SELECT {old} FROM jsonb_populate_record(t, r.before) x) "
        "FROM (SELECT j.*, row_number() OVER (PARTITION BY object_id ORDER BY id DESC) AS place "
        "FROM import_journal j WHERE model = {label} AND action = 'updated') r "
        "WHERE r.place = %(place)s AND t.id = r.object_id AND to_jsonb(t) @> r.after RETURNING t.id"
    ).format(
        model=model_table(model),
        label=sql.Literal(model_label(model)),
        columns=sql.SQL(", ").join([sql.Identifier(name) for name in columns]),
        old=sql.SQL(", ").join([sql.Identifier("x", name) for name in columns]),
    )
    journal = _JOURNAL.format(sql.Literal(model_label(model)))
    cursor.execute(journal)
    made = {found for (found,) in cursor.fetchall()}
    restored: set[int] = set()
    place = 0
    while True:
        place += 1
        cursor.execute(statement, {"place": place})
        found = {object_id for (object_id,) in cursor.fetchall()}
        if not found:
            return len(restored - made)
        restored |= found


def _delete(cursor: CursorWrapper, model: type[Model]) -> int:
    label = sql.Literal(model_label(model))
    _hold_used(cursor, model)
    cursor.execute(
        sql.SQL(
            "WITH gone AS (DELETE FROM {model} t USING import_journal r WHERE r.model = {label} "
            "AND r.action = 'created' AND t.id = r.object_id "
            "AND NOT EXISTS (SELECT 1 FROM import_held h WHERE h.id = t.id) RETURNING t.id), "
            "names AS (DELETE FROM kernel_externalid e USING gone WHERE e.kind = {label} AND e.object_id = gone.id) "
            "SELECT count(*) FROM gone"
        ).format(model=model_table(model), label=label)
    )
    ((gone,),) = cursor.fetchall()
    return int(gone)


def _hold_used(cursor: CursorWrapper, model: type[Model]) -> None:
    """Fill the temporary table `import_held` with the rows that something refers to."""
    journal = _JOURNAL.format(sql.Literal(model_label(model)))
    cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS import_held (id bigint) ON COMMIT DROP")
    cursor.execute("TRUNCATE import_held")
    within = []
    for relation in _relations(model):
        names = {"column": sql.Identifier(relation.field.column), "table": model_table(relation.related_model)}
        own = relation.related_model is model
        cursor.execute(
            sql.SQL(
                "INSERT INTO import_held SELECT DISTINCT t.{column} FROM {table} t "
                "WHERE t.{column} IN ({journal}) {own}"
            ).format(
                **names,
                journal=journal,
                own=sql.SQL("AND t.id NOT IN ({})").format(journal) if own else sql.SQL(""),
            )
        )
        if own:
            within.append(names)
    if list(USES):
        cursor.execute(journal)
        ids = [found for (found,) in cursor.fetchall()]
        used: set[int] = set().union(*(use(model, ids) for use in USES))
        cursor.execute("INSERT INTO import_held SELECT unnest(%s::bigint[])", [list(used)])
    while any(_hold_within(cursor, names) for names in within):
        pass


def _hold_within(cursor: CursorWrapper, names: dict[str, sql.Identifier]) -> bool:
    """Hold what a held row of the same table refers to; return whether there was any."""
    cursor.execute(
        sql.SQL(
            "INSERT INTO import_held SELECT DISTINCT t.{column} FROM {table} t "
            "WHERE t.id IN (SELECT id FROM import_held) "
            "AND t.{column} IS NOT NULL AND t.{column} NOT IN (SELECT id FROM import_held)"
        ).format(**names)
    )
    return bool(cursor.rowcount > 0)


def _relations(model: type[Model]) -> list[Any]:
    """Return every foreign key that points at `model`, those without a name back among them."""
    fields = model._meta.get_fields(include_hidden=True)  # noqa: SLF001
    return [
        field
        for field in fields
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
    ]
