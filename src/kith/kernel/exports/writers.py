"""Writing rows as CSV, XLSX or JSON Lines, piece by piece.

CSV and XLSX are made harmless (`imports.neutral`): an import gives the original text back. JSON Lines is for
programs: only what an import would refuse or change is written harmless there. CSV is UTF-8 with a byte order
mark, which Excel needs to read it right.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from tempfile import SpooledTemporaryFile
from typing import Any

from kith.kernel.imports.neutral import is_formula, neutralise, restore

_PIECE = 64 * 2**10
_IN_MEMORY = 8 * 2**20
_MOST_CELL = 32_767  # characters of one cell that a workbook may hold


class Format(StrEnum):
    """How rows are written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


CONTENT_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSONL: "application/x-ndjson",
}


def as_text(value: Any) -> str:
    """Return a cell's value as text: days in ISO 8601, amounts without trailing noughts, lists by commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ",".join(as_text(each) for each in value)
    return str(value)


def csv_line(cells: Iterable[Any]) -> str:
    """Return one line of CSV, no cell a live formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([neutralise(as_text(cell)) for cell in cells])
    return out.getvalue()


def csv_pieces(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield a CSV file: byte order mark and head first, then the rows in pieces of some size."""
    piece = ["\ufeff" + csv_line(columns)]
    size = 0
    for row in rows:
        piece.append(csv_line(row))
        size += len(piece[-1])
        if size > _PIECE:
            yield "".join(piece).encode("utf-8", errors="replace")
            piece, size = [], 0
    yield "".join(piece).encode("utf-8", errors="replace")


def jsonl_pieces(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield one JSON object a line; a cell that is nothing is null, amounts are text."""
    for row in rows:
        record = {name: _as_json(cell) for name, cell in zip(columns, row, strict=True)}
        yield (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", errors="replace")


def _as_json(value: Any) -> Any:
    if isinstance(value, str):
        return neutralise(value) if is_formula(value) or restore(value) != value else value
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple):
        return [_as_json(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): _as_json(each) for key, each in value.items()}
    return as_text(value)


def xlsx_pieces(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield a workbook of one sheet. Texts are texts, never formulas; days and numbers keep their type."""
    from openpyxl import Workbook  # noqa: PLC0415  (an idle process does without its megabytes)

    book = Workbook(write_only=True)
    sheet = book.create_sheet("export")
    sheet.append([_text_cell(sheet, name) for name in columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _cell(sheet: Any, value: Any) -> Any:
    if value is None or (isinstance(value, bool | int | date | time) and not isinstance(value, datetime)):
        return as_text(value) if isinstance(value, bool) else value
    return _text_cell(sheet, as_text(value))


def _text_cell(sheet: Any, text: str) -> Any:
    """Return a text as a workbook may hold it; none begins with a sign that makes it a formula."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  (see above)
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415  (see above)

    shown = ILLEGAL_CHARACTERS_RE.sub("", neutralise(text)[:_MOST_CELL])
    if not shown.startswith("#"):
        return shown or None
    cell = WriteOnlyCell(sheet, value=shown)  # else "#N/A" would be an error instead of a text
    cell.data_type = "s"
    return cell


WRITERS = {Format.CSV: csv_pieces, Format.XLSX: xlsx_pieces, Format.JSONL: jsonl_pieces}
