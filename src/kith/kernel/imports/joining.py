"""Rows of several files become one: the first source streams, the others are held by their keys."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from kith.kernel.imports.checks import WrongValueError, plain
from kith.kernel.imports.converters import Convert
from kith.kernel.imports.mapping_parts import ColumnRef, Join, Source
from kith.kernel.imports.readers import find_format, read
from kith.kernel.imports.rows import Row
from kith.kernel.refusals import BadInput

Cells = Mapping[str, object]
Key = tuple[str, ...]
_NOTHING: Cells = {}
MOST_JOINED = 1_000_000


@dataclass(slots=True)
class Joined:
    """A row of the first source with what was joined to it: one row's cells by alias, or many."""

    line: int
    one: dict[str, Cells]
    many: dict[str, Sequence[Cells]] = field(default_factory=dict)
    problem: str = ""
    sample: str = ""


def rows_of(source: Source, path: Path, used: frozenset[str]) -> Iterator[Row]:
    """Yield the rows of a source that count; a column in `used` that the file lacks is refused by name."""
    checked = path.is_file() and path.stat().st_size > 0 and (source.dialect.format or find_format(path)) == "jsonl"
    null = source.dialect.null
    for row in read(path, dialect=source.dialect, columns=source.columns):
        if not row.problem:
            if not checked:
                _check_columns(row, path, used | source.keep.keys())
                checked = True
            if null:
                row.cells = {name: None if value == null else value for name, value in row.cells.items()}
            if source.keep and not _kept(row.cells, source.keep):
                continue
        yield row


def _check_columns(row: Row, path: Path, used: frozenset[str]) -> None:
    missing = sorted(used - row.cells.keys())
    if missing:
        known = ", ".join(list(row.cells)[:40])
        sentence = _("%(file)s has no column “%(column)s”; it has %(known)s.")
        raise BadInput(sentence % {"file": path.name, "column": missing[0], "known": known}, field=missing[0])


def _kept(cells: Cells, keep: Mapping[str, tuple[str, ...]]) -> bool:
    for column, values in keep.items():
        text = "" if cells.get(column) is None else plain(cells[column]).strip()
        if text not in values and not (text and "*" in values):
            return False
    return True


def _key(values: Sequence[object], convert: Sequence[Convert]) -> Key | None:
    key = []
    for value in values:
        found: object = "" if value is None else plain(value).strip()
        for step in convert:
            found = step(found)
        if found in {"", None}:
            return None
        key.append(plain(found))
    return tuple(key)


class HeldSource:
    """The rows of a joined source by key. Of each only the columns that are used stay in memory."""

    def __init__(self, join: Join, source: Source, path: Path, used: frozenset[str]) -> None:
        self.join = join
        self._rows: dict[Key, list[Cells]] = {}
        wanted = used | set(join.right) | ({join.order} if join.order else set())
        for number, row in enumerate(rows_of(source, path, wanted)):
            if number >= MOST_JOINED:
                raise BadInput(_("%s has too many rows to be joined.") % path.name, field="file")
            if not row.problem and (key := self._key_of(row.cells)) is not None:
                self._rows.setdefault(key, []).append({name: row.cells.get(name) for name in wanted})
        if join.order:
            for rows in self._rows.values():
                rows.sort(key=lambda cells: plain(cells.get(join.order) or ""))

    def _key_of(self, cells: Cells) -> Key | None:
        try:
            return _key([cells.get(name) for name in self.join.right], self.join.right_convert)
        except WrongValueError:
            return None

    def add_to(self, joined: Joined) -> str:
        """Join to a row what belongs to it; returns what is wrong, "" when nothing is."""
        join = self.join
        try:
            values = [joined.one.get(ref.alias, _NOTHING).get(ref.column) for ref in join.left]
            key = _key(values, join.left_convert)
        except WrongValueError as error:
            return _("“%(key)s” %(reason)s.") % {"key": join.left[0].column, "reason": error}
        rows = self._rows.get(key, []) if key is not None else []
        if not rows and join.required:
            return _("Nothing in “%(source)s” belongs to it.") % {"source": join.alias}
        if join.take == "many":
            joined.many[join.alias] = rows
        elif len(rows) > 1 and join.take == "one":
            return _("%(n)s rows in “%(source)s” belong to it, one is expected.") % {
                "n": len(rows),
                "source": join.alias,
            }
        else:
            joined.one[join.alias] = rows[-1 if join.take == "last" else 0] if rows else _NOTHING
        return ""


def joined_rows(
    first: Source, path: Path, held: Sequence[HeldSource], used: frozenset[str], join_columns: Sequence[ColumnRef]
) -> Iterator[Joined]:
    """Yield the rows of the first source with all that `held` adds to them."""
    own = {ref.column for ref in join_columns if ref.alias in {"", first.name}}
    for row in rows_of(first, path, used | own):
        if row.problem:
            yield Joined(row.line, {}, problem=row.problem, sample=row.sample)
            continue
        joined = Joined(row.line, {"": row.cells, first.name: row.cells})
        for source in held:
            joined.problem = joined.problem or source.add_to(joined)
        yield joined
