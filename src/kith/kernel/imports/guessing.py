"""Which column is which field, where nobody has said so: by name."""

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from kith.kernel.imports.dialects import Dialect
from kith.kernel.imports.fields import Field, FieldType
from kith.kernel.imports.readers import read
from kith.kernel.imports.rows import Row
from kith.kernel.languages import tag
from kith.kernel.refusals import BadInput

_LOOK = 200


def peek(path: Path, *, dialect: Dialect | None = None, rows: int = 5) -> tuple[tuple[str, ...], list[Row]]:
    """Return the columns of a file and its first `rows` readable rows; a file without any is refused."""
    found: list[Row] = []
    columns: dict[str, None] = {}
    for row in islice(read(path, dialect=dialect), _LOOK):
        if row.problem:
            continue
        columns.update(dict.fromkeys(row.cells))
        if len(found) < rows:
            found.append(row)
    if not found:
        raise BadInput(_("The file “%s” has no row that can be read.") % path.name, field="file")
    return tuple(columns), found


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-*]+", "_", name.strip().casefold()).strip("_")


def guess_columns(fields: Sequence[Field], columns: Sequence[str]) -> dict[str, str]:
    """Return field (or `field.language`) to column for every column whose name says which field it is.

    Names are compared without regard to case, spaces, dashes and underscores.
    """
    by_name = {_plain(field.name): field for field in fields}
    guessed: dict[str, str] = {}
    for column in columns:
        base, dot, language = column.strip().rpartition(".")
        if dot and (field := by_name.get(_plain(base))) and field.type is FieldType.TEXTS:
            guessed.setdefault(f"{field.name}.{tag(language)}", column)
        elif field := by_name.get(_plain(column)):
            guessed.setdefault(field.name, column)
    return guessed
