"""`read()`: the rows of any file, one after the other, memory flat."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from kith.kernel.imports.dialects import Dialect, complete
from kith.kernel.imports.readers_tables import read_json_lines, read_parquet, read_workbook
from kith.kernel.imports.readers_text import read_text
from kith.kernel.imports.rows import Row
from kith.kernel.refusals import BadInput

FORMATS = ("csv", "xlsx", "jsonl", "parquet")
_SUFFIXES = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".tab": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".parquet": "parquet",
}  # fmt: skip
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def find_format(path: Path) -> str:
    """Return the format of a file, by what it begins with, else by its name; CSV where nothing tells."""
    with path.open("rb") as file:
        head = file.read(64)
    if head.startswith(_OLD_WORKBOOK):
        raise BadInput(_("This is an old XLS workbook; save it as XLSX or CSV."), field="file")
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(b"PAR1"):
        return "parquet"
    by_name = _SUFFIXES.get(path.suffix.lower(), "")
    if by_name in {"xlsx", "parquet"}:
        return by_name
    if not by_name and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "jsonl"
    return by_name or "csv"


def read(path: Path, *, dialect: Dialect | None = None, columns: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield the rows of `path`; what its dialect leaves open is found by looking.

    `columns` names the columns of a text file or sheet without header. Raises `BadInput` for a file that cannot
    be read at all (not there, empty, not of its format, a bomb); a row that cannot be read comes with its problem.
    """
    if not path.is_file():
        raise BadInput(_("There is no file “%s”.") % path.name, field="file")
    if path.stat().st_size == 0:
        raise BadInput(_("The file “%s” is empty.") % path.name, field="file")
    given = dialect or Dialect()
    if columns and given.header:
        given = replace(given, header=False)
    kind = given.format or find_format(path)
    if kind == "xlsx":
        return read_workbook(path, given, columns)
    if kind == "jsonl":
        return read_json_lines(path, given, columns)
    if kind == "parquet":
        return read_parquet(path, given, columns)
    return read_text(path, complete(given, path), columns)
