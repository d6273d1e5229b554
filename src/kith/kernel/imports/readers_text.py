"""Text files: CSV in any dialect, separators of several characters, rows that no quote closes."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from kith.kernel.imports.dialects import Dialect, text_errors
from kith.kernel.imports.rows import MOST_CELL, MOST_COLUMNS, MOST_RECORD, MOST_RECORD_LINES, Row, shortened
from kith.kernel.refusals import BadInput

csv.field_size_limit(2 * MOST_RECORD)
_UNDECODED = re.compile("[\udc80-\udcff�]")
_CHUNK = 1 << 16


class _RecordTooLongError(Exception):
    """One record goes on and on: a quote that nothing closes."""


class _Lines(Iterator[str]):
    """The physical lines of a file, numbered, with those of the current record at hand to read them again."""

    def __init__(self, file: io.TextIOWrapper, *, start: int) -> None:
        self._file = file
        self._again: list[str] = []
        self._taken: list[str] = []
        self._size = 0
        self.line = start

    def begin(self) -> None:
        """Start a record: what was taken so far is done with."""
        self.line += len(self._taken)
        self._taken = []
        self._size = 0

    def retreat(self) -> str:
        """Give up the record: its first line is spent and returned, the others will be read again."""
        first = self._taken[0] if self._taken else ""
        self._again = self._taken[1:] + self._again
        self._taken = self._taken[:1]
        return first

    def __next__(self) -> str:
        line = self._again.pop(0) if self._again else self._file.readline(MOST_RECORD)
        if not line:
            raise StopIteration
        self._taken.append(line)
        self._size += len(line)
        if self._size >= MOST_RECORD or len(self._taken) > MOST_RECORD_LINES:
            if len(self._taken) == 1:
                self._finish_line(line)
            raise _RecordTooLongError
        return line

    def _finish_line(self, line: str) -> None:
        while line and not line.endswith(("\n", "\r")):
            line = self._file.readline(MOST_RECORD)


def _open(path: Path, dialect: Dialect) -> io.TextIOWrapper:
    return path.open(encoding=dialect.encoding, errors=text_errors(dialect.encoding), newline="")


def read_text(path: Path, dialect: Dialect, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a text file in a complete `dialect`; `columns` name them where there is no header."""
    with _open(path, dialect) as file:
        for _number in range(dialect.skip):
            file.readline(MOST_RECORD)
        records = _records(file, dialect, columns)
        names = columns
        if dialect.header:
            header = next(records, None)
            names = header_names(header)
            del header
        yield from _named(records, names, dialect)


def _records(
    file: io.TextIOWrapper, dialect: Dialect, columns: tuple[str, ...]
) -> Iterator[tuple[int, list[str] | str]]:
    if dialect.terminator or len(dialect.delimiter) > 1:
        return _separated(file, dialect)
    if dialect.continued:
        return _continued(file, dialect, len(columns))
    return _quoted(file, dialect)


def header_names(header: "tuple[int, list[str] | str] | None") -> tuple[str, ...]:
    """Return the names of a header row; a file without one, or with two columns of one name, is refused."""
    if header is None or isinstance(header[1], str):
        raise BadInput(_("The file has no header row."), field="file")
    names = tuple(" ".join(name.replace("\0", " ").split()) for name in header[1])
    while names and not names[-1]:
        names = names[:-1]
    if len(names) > MOST_COLUMNS:
        raise BadInput(_("The file has more than %s columns.") % MOST_COLUMNS, field="file")
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise BadInput(_("Two columns are called “%s”.") % shortened(min(twice)), field="file")
    if not any(names):
        raise BadInput(_("The file has no header row."), field="file")
    return names


def _named(records: Iterator[tuple[int, list[str] | str]], names: tuple[str, ...], dialect: Dialect) -> Iterator[Row]:
    width = len(names)
    encoding = dialect.encoding.removesuffix("-sig").upper()
    for line, cells in records:
        if isinstance(cells, str):
            yield Row(line, problem=cells)
            continue
        if len(cells) > width and not any(cells[width:]):
            cells = cells[:width]  # noqa: PLW2901  (empty cells beyond the header)
        if not any(cells):
            continue
        problem = _problem(cells, width, encoding)
        if problem:
            yield Row(line, problem=problem, sample=shortened(dialect.delimiter.join(cells[:20])))
        else:
            yield Row(line, dict(zip(names, cells, strict=True)))


def _problem(cells: list[str], width: int, encoding: str) -> str:
    if len(cells) != width:
        return _("The row has %(here)s cells, %(expected)s belong there.") % {"here": len(cells), "expected": width}
    for cell in cells:
        if not cell.isascii():
            if _UNDECODED.search(cell):
                return _("The row holds bytes that are not %s.") % encoding
        elif "\0" in cell:
            return _("The row holds a NUL character.")
        if len(cell) > MOST_CELL:
            return _("A cell has %(long)s characters; at most %(most)s are read.") % {
                "long": len(cell),
                "most": MOST_CELL,
            }
    return ""


def _quoted(file: io.TextIOWrapper, dialect: Dialect) -> Iterator[tuple[int, list[str] | str]]:
    lines = _Lines(file, start=dialect.skip + 1)

    def fresh() -> Iterator[list[str]]:
        if not dialect.quote:
            return csv.reader(lines, delimiter=dialect.delimiter, quotechar=None, quoting=csv.QUOTE_NONE, strict=True)
        return csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True)

    reader = fresh()
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _RecordTooLongError) as error:
            line = lines.line
            first = lines.retreat()
            long = isinstance(error, _RecordTooLongError) and len(first) >= MOST_RECORD
            yield line, _("The row is too long.") if long else _("The quotes of the row do not match.")
            reader = fresh()
            continue
        yield lines.line, cells


def _continued(file: io.TextIOWrapper, dialect: Dialect, width: int) -> Iterator[tuple[int, list[str] | str]]:
    pending, start, number = "", dialect.skip + 1, dialect.skip
    while line := file.readline(MOST_RECORD):
        number += 1
        pending += line
        if pending.count(dialect.delimiter) < width - 1 and len(pending) < MOST_RECORD:
            continue
        yield start, pending.rstrip("\r\n").split(dialect.delimiter)
        pending, start = "", number + 1
    if pending.strip():
        yield start, pending.rstrip("\r\n").split(dialect.delimiter)


def _separated(file: io.TextIOWrapper, dialect: Dialect) -> Iterator[tuple[int, list[str] | str]]:
    terminator = dialect.terminator or "\n"
    rest, line, oversized = "", dialect.skip + 1, False
    while chunk := file.read(_CHUNK):
        *records, rest = (rest + chunk).split(terminator)
        for record in records:
            start = line + _leading_breaks(record)
            yield (start, _("The row is too long.")) if oversized else (start, _cut(record, dialect))
            line += record.count("\n") + terminator.count("\n")
            oversized = False
        if len(rest) > MOST_RECORD:
            line += rest[: -len(terminator)].count("\n")
            rest, oversized = rest[-len(terminator) :], True
    if oversized:
        yield line, _("The row is too long.")
    elif rest.strip("\r\n"):
        yield line + _leading_breaks(rest), _cut(rest, dialect)


def _leading_breaks(record: str) -> int:
    return len(record) - len(record.lstrip("\n")) if record.startswith("\n") else int(record.startswith("\r\n"))


def _cut(record: str, dialect: Dialect) -> list[str]:
    body = record.lstrip("\r\n") if dialect.terminator else record.rstrip("\r")
    return body.split(dialect.delimiter) if body else []
