"""Statements that run all the time: PostgreSQL plans each once a connection instead of every time.

Only for a fixed text whose parameters have one type each; what is put together from parts uses Django's cursor.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection


class _Prepared(psycopg.Cursor[tuple[Any, ...]]):
    """A cursor that lets the server prepare what it executes."""

    def execute(self, *args: Any, **kwargs: Any) -> "_Prepared":
        """Execute, prepared."""
        super().execute(*args, **{**kwargs, "prepare": True})
        return self


Params = Mapping[str, Any] | Sequence[Any]


def _cursor() -> Any:
    """Return a cursor whose statements are counted and logged like every other query."""
    connection.ensure_connection()
    return connection._prepare_cursor(_Prepared(connection.connection))  # type: ignore[attr-defined]  # noqa: SLF001  (how Django's own `cursor()` wraps one)


def execute(statement: str, params: Params) -> None:
    """Run a statement that is kept prepared and returns nothing."""
    with _cursor() as cursor:
        cursor.execute(statement, params)


def fetch_all(statement: str, params: Params) -> list[tuple[Any, ...]]:
    """Return the rows of a statement that is kept prepared."""
    with _cursor() as cursor:
        cursor.execute(statement, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def fetch_one(statement: str, params: Params) -> tuple[Any, ...] | None:
    """Return the first row, None where there is none."""
    rows = fetch_all(statement, params)
    return rows[0] if rows else None
