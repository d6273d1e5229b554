"""A template file for each kind: its columns, and one row as an example."""

import csv
import io

from kith.kernel.imports.fields import Field, FieldType
from kith.kernel.imports.kinds import ImportKind
from kith.kernel.imports.neutral import neutralise
from kith.kernel.languages import OUR_LANGUAGES


def template_columns(kind: ImportKind) -> list[tuple[str, Field]]:
    """Return the columns of a kind's flat file: one per field, one per language of a text, none for lists."""
    columns: list[tuple[str, Field]] = []
    for field in kind.fields:
        if field.type is FieldType.TEXTS:
            columns += [(f"{field.name}.{language}", field) for language in OUR_LANGUAGES]
        elif field.type is not FieldType.LIST:
            columns.append((field.name, field))
    return columns


def template_csv(kind: ImportKind) -> bytes:
    """Return the template of a kind as CSV in UTF-8 with BOM. A text's example may give languages: `Tea|Trà|茶`."""
    header, example = [], []
    for name, field in template_columns(kind):
        header.append(name)
        parts = field.example.split("|") if field.type is FieldType.TEXTS else [field.example]
        place = OUR_LANGUAGES.index(name.rpartition(".")[2]) if field.type is FieldType.TEXTS else 0
        example.append(neutralise(parts[place] if place < len(parts) else ""))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerow(example)
    return text.getvalue().encode("utf-8-sig")
