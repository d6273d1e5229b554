"""One fact for each of many rows of a stage, in one statement, told like any other."""

from collections.abc import Mapping

from psycopg import sql

from kith.kernel.facts import telling
from kith.kernel.facts.declared import declared, listeners_of
from kith.kernel.imports.staging import StagedBatch


def publish_rows(batch: StagedBatch, cls: type, *, columns: Mapping[str, str], table: str, where: str) -> int:
    """Publish a fact of class `cls` for every row of `table s` for which `where` holds; return how many.

    `columns` maps the fields of the fact to SQL expressions over `s`. Like `publish`, it belongs to the open
    transaction, and listeners are told after it.
    """
    kind = declared(cls)
    names = {name: sql.SQL(value) for name, value in columns.items()}
    pairs = [part for name, value in names.items() for part in (sql.Literal(name), value)]
    about = [sql.SQL("'{}:' || {}").format(sql.SQL(subject), names[field]) for field, subject in kind.about.items()]
    listeners = listeners_of(kind.name)
    published = batch.run(
        "WITH made AS (INSERT INTO kernel_fact (kind, data, about, by_id, at) "
        "SELECT {kind}, jsonb_build_object({pairs}), ARRAY[{about}]::varchar[], %(by)s, %(at)s "
        "FROM {table} s WHERE {where} RETURNING id), "
        "waiting AS (INSERT INTO kernel_pending (listener, fact_id, attempts, error) "
        "SELECT l.name, made.id, 0, '' FROM made, unnest({listeners}::varchar[]) AS l(name)) "
        "SELECT id FROM made",
        kind=sql.Literal(kind.name),
        pairs=sql.SQL(", ").join(pairs),
        about=sql.SQL(", ").join(about),
        table=sql.Identifier(table),
        where=sql.SQL(where),
        listeners=sql.Literal([listener.name for listener in listeners]),
    )
    if published:
        telling.wake([listener.name for listener in listeners])
    return published
