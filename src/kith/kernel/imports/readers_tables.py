"""Files that bring their own types: workbooks (XLSX), JSON Lines, Parquet."""

import json
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _

from kith.kernel.imports.dialects import Dialect
from kith.kernel.imports.readers_text import header_names
from kith.kernel.imports.rows import MOST_CELL, MOST_RECORD, Row, shortened
from kith.kernel.refusals import BadInput

MOST_UNPACKED = 400 * 2**20
MOST_SHARED = 64 * 2**20
MOST_RATIO = 100
_DEPTH_ERRORS = (ValueError, RecursionError)
_DAMAGE = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, ParseError, OSError, EOFError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def check_archive(path: Path) -> None:
    """Refuse a workbook that unpacks to too much, or that declares XML entities; reads only its directory."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            unpacked = sum(info.file_size for info in infos)
            packed = max(1, path.stat().st_size)
            shared = max((info.file_size for info in infos if info.filename.endswith("sharedStrings.xml")), default=0)
            bomb = unpacked > 2**20 and unpacked / packed > MOST_RATIO
            if unpacked > MOST_UNPACKED or shared > MOST_SHARED or bomb:
                raise BadInput(_("The workbook unpacks to more than is read; save it as CSV."), field="file")
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    with archive.open(info) as part:
                        if b"<!DOCTYPE" in part.read(4096).replace(b"\0", b""):
                            raise BadInput(_("The workbook declares XML entities and is not read."), field="file")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise BadInput(_("The file is not a workbook in XLSX format."), field="file") from error


def _typed(value: object) -> object:
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 2**53:
            return int(value)
        return Decimal(repr(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value


def read_workbook(path: Path, dialect: Dialect, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of one sheet (the first, or `dialect.sheet`); formulas count as the values last computed."""
    import openpyxl  # noqa: PLC0415  (an idle process does without its megabytes)

    check_archive(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except _DAMAGE as error:
        _damaged(error)
    try:
        yield from _sheet_rows(_sheet(book, dialect.sheet), dialect, columns)
    except _DAMAGE as error:
        _damaged(error)
    finally:
        book.close()


def _sheet(book: Any, name: str) -> Any:
    if name and name not in book.sheetnames:
        known = ", ".join(book.sheetnames[:10])
        sentence = _("The workbook has no sheet “%(sheet)s”; it has %(known)s.")
        raise BadInput(sentence % {"sheet": name, "known": known}, field="sheet")
    if not book.worksheets:
        raise BadInput(_("The workbook has no sheet."), field="file")
    return book[name] if name else book.worksheets[0]


def _damaged(error: Exception) -> NoReturn:
    raise BadInput(_("The workbook is damaged; open it, save it again and try once more."), field="file") from error


def _sheet_rows(sheet: Any, dialect: Dialect, columns: tuple[str, ...]) -> Iterator[Row]:
    sheet.reset_dimensions()
    names = columns
    first = dialect.skip + 1
    for number, values in enumerate(sheet.iter_rows(min_row=first, values_only=True), start=first):
        if dialect.header and number == first:
            names = header_names((number, ["" if value is None else str(value) for value in values]))
            continue
        if all(value is None or value == "" for value in values):
            continue
        row = _sheet_row(number, values, names)
        yield row


def _sheet_row(number: int, values: Sequence[object], names: tuple[str, ...]) -> Row:
    width = len(names)
    if any(value is not None for value in values[width:]):
        problem = _("The row has %(here)s cells, %(expected)s belong there.") % {"here": len(values), "expected": width}
        return Row(number, problem=problem)
    cells = {name: None if value is None else _typed(value) for name, value in zip(names, values, strict=False)}
    for name in names[len(values) :]:
        cells[name] = None
    if any(isinstance(value, str) and len(value) > MOST_CELL for value in cells.values()):
        return Row(number, problem=_("A cell has more characters than are read."))
    return Row(number, cells)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def read_json_lines(path: Path, dialect: Dialect, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield one row per line of JSON objects; `columns` are not needed, since objects name their own."""
    del columns
    with path.open("rb") as file:
        number = dialect.skip
        for _skipped in range(dialect.skip):
            file.readline(MOST_RECORD)
        while line := file.readline(MOST_RECORD):
            number += 1
            if not line.endswith(b"\n") and len(line) >= MOST_RECORD:
                while (more := file.readline(MOST_RECORD)) and not more.endswith(b"\n"):
                    pass
                yield Row(number, problem=_("The row is too long."))
            elif line.strip():
                yield _json_row(number, line)


def _json_row(number: int, line: bytes) -> Row:
    try:
        text = line.decode("utf-8-sig")
        found = json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
    except UnicodeDecodeError:
        return Row(number, problem=_("The row holds bytes that are not %s.") % "UTF-8")
    except _DEPTH_ERRORS:
        return Row(number, problem=_("The line is not valid JSON."), sample=shortened(line[:200]))
    if not isinstance(found, dict):
        return Row(number, problem=_("The line is not a JSON object."), sample=shortened(line[:200]))
    if any(isinstance(value, str) and len(value) > MOST_CELL for value in found.values()):
        return Row(number, problem=_("A cell has more characters than are read."))
    return Row(number, found)


def read_parquet(path: Path, dialect: Dialect, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a Parquet file, a few thousand at a time. NaN is nothing."""
    del dialect, columns
    try:
        import pyarrow.parquet  # noqa: PLC0415  (an extra: 51 MB that most do not need)
    except ImportError as error:
        raise BadInput(_("Parquet needs the extra “parquet”: pip install 'kith[parquet]'."), field="file") from error
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(batch_size=4096):
                for cells in batch.to_pylist():
                    number += 1
                    yield Row(number, {name: _not_nan(value) for name, value in cells.items()})
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise BadInput(_("The file is not in Parquet format, or it is damaged."), field="file") from error


def _not_nan(value: object) -> object:
    return None if isinstance(value, float) and value != value else _typed(value)  # noqa: PLR0124
