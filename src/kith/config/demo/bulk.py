"""Rows by the hundred thousand: keys reserved from the sequences, rows sent with COPY."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def reserve_ids(model: type[models.Model], count: int) -> range:
    """Take `count` successive keys of a table from its sequence."""
    table = model._meta.db_table  # noqa: SLF001  (Django's public meta API)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        sequence = cursor.fetchone()[0]
        cursor.execute("SELECT nextval(%s)", [sequence])
        first = int(cursor.fetchone()[0])
        if count > 1:
            cursor.execute("SELECT setval(%s, %s)", [sequence, first + count - 1])
    return range(first, first + count)


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows into a table; `columns` are attribute names (`person_id`), values as the columns' types."""
    meta = model._meta  # noqa: SLF001  (Django's public meta API)
    known = {field.attname for field in meta.concrete_fields}
    if unknown := set(columns) - known:
        message = f"{meta.db_table} has no columns {sorted(unknown)}."
        raise LookupError(message)
    quoted = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{meta.db_table}" ({quoted}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
