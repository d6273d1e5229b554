"""The parts of a mapping file, each made from a table of TOML; every error names its key."""

import re
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _

from kith.kernel.imports.converters import Convert, WrongSettingError, converter
from kith.kernel.imports.dialects import Dialect
from kith.kernel.refusals import BadInput

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_TAKES = ("one", "first", "last", "many")


class MappingError(BadInput):
    """A mapping is wrong; `key` is the path of the key at fault."""

    def __init__(self, sentence: str, *, key: str = "") -> None:
        """Carry the sentence and the key."""
        super().__init__(sentence, field="mapping")
        self.key = key


@dataclass(frozen=True)
class ColumnRef:
    """A column of a joined row: `alias.column`; an empty alias is the first source."""

    alias: str
    column: str


@dataclass(frozen=True)
class Source:
    """A file (or the one that is imported, where `file` is empty), how it is written, and which rows count.

    `keep` maps a column to the values it must have: texts, `*` for anything but nothing, "" for nothing.
    """

    name: str
    file: str = ""
    dialect: Dialect = field(default_factory=Dialect)
    columns: tuple[str, ...] = ()
    keep: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Join:
    """Rows of `source` whose `right` columns equal the `left` ones, as `alias`.

    `take`: `one` (more than one is a fault of the row), `first` or `last` in the order of `order`, or `many`
    (all, for fields that are lists). `required`: none is a fault of the row. Empty keys join nothing.
    """

    source: str
    alias: str
    left: tuple[ColumnRef, ...]
    right: tuple[str, ...]
    left_convert: tuple[Convert, ...] = ()
    right_convert: tuple[Convert, ...] = ()
    take: str = "one"
    order: str = ""
    required: bool = False


@dataclass(frozen=True)
class FieldSpec:
    """Where a field's value comes from: the first of its ways that gives one.

    `columns` in turn, then `template` (its placeholders filled; nothing when all are empty), `languages` (a text
    by tag), `many` (a list of elements out of a join), `constant`; `convert` steps follow, `default` stands in.
    """

    columns: tuple[ColumnRef, ...] = ()
    template: tuple[str | ColumnRef, ...] = ()
    languages: dict[str, ColumnRef] = field(default_factory=dict)
    tagged: tuple[str, str, str] = ()  # type: ignore[assignment]
    many: str = ""
    items: "dict[str, FieldSpec]" = field(default_factory=dict)
    constant: object = None
    default: object = None
    convert: tuple[Convert, ...] = ()
    required: bool = False


def table(found: object, key: str) -> dict[str, Any]:
    """Return a table of the file."""
    if not isinstance(found, dict):
        raise MappingError(_("A table belongs here."), key=key)
    return found


def words(found: AnyMapping[str, object], name: str, key: str, *, required: bool = False) -> str:
    """Return a text of a table, "" where it has none."""
    value = found.get(name, "")
    path = f"{key}.{name}" if key else name
    if not isinstance(value, str):
        raise MappingError(_("A text belongs here."), key=path)
    if required and not value:
        raise MappingError(_("This is missing."), key=path)
    return value


def _flag(found: AnyMapping[str, object], name: str, key: str) -> bool:
    value = found.get(name, False)
    if not isinstance(value, bool):
        raise MappingError(_("true or false belongs here."), key=f"{key}.{name}")
    return value


def _list(found: AnyMapping[str, object], name: str, key: str) -> tuple[str, ...]:
    value = found.get(name, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
        raise MappingError(_("A text or a list of texts belongs here."), key=f"{key}.{name}")
    return tuple(values)


def _known(found: AnyMapping[str, object], known: set[str], key: str) -> None:
    for name in found.keys() - known:
        raise MappingError(_("There is no such key; known are %s.") % ", ".join(sorted(known)), key=f"{key}.{name}")


def _steps(raw: object, key: str, lookups: AnyMapping[str, AnyMapping[str, object]]) -> tuple[Convert, ...]:
    steps = raw if isinstance(raw, list) else [raw]
    made = []
    for step in steps:
        try:
            made.append(converter(step, lookups))
        except WrongSettingError as error:
            raise MappingError(_("Write %s here.") % error, key=key) from error
    return tuple(made)


def column_ref(text: str) -> ColumnRef:
    """Return the column that `alias.column` or `column` names."""
    alias, dot, column = text.partition(".")
    return ColumnRef(alias, column) if dot else ColumnRef("", text)


def _dialect(raw: object, key: str) -> Dialect:
    given = table(raw, key)
    kinds: dict[str, type] = {item.name: type(item.default) for item in fields(Dialect)}
    _known(given, set(kinds), key)
    for name, value in given.items():
        if type(value) is not kinds[name] or (isinstance(value, int) and not 0 <= int(value) <= 1000):  # noqa: PLR2004
            what = {str: _("A text belongs here."), bool: _("true or false belongs here.")}
            raise MappingError(what.get(kinds[name], _("A number up to 1000 belongs here.")), key=f"{key}.{name}")
    dialect = Dialect(**given)
    if len(dialect.quote) > 1 or dialect.delimiter in {"\n", "\r", '"'}:
        raise MappingError(_("A quote is one character; a delimiter is neither quote nor line break."), key=key)
    return dialect


def source(raw: dict[str, Any], key: str, lookups: AnyMapping[str, AnyMapping[str, object]]) -> Source:
    """Return a [[source]]."""
    del lookups
    _known(raw, {"name", "file", "dialect", "columns", "keep"}, key)
    file = words(raw, "file", key)
    parts = file.replace("\\", "/").split("/")
    if ".." in parts or file.startswith(("/", "\\")) or "\0" in file or (parts and ":" in parts[0]):
        raise MappingError(_("A file is named from the folder that is imported, without “..”."), key=f"{key}.file")
    keep = {
        column: tuple(values if isinstance(values, list) else [values])
        for column, values in table(raw.get("keep", {}), f"{key}.keep").items()
    }
    if not all(isinstance(value, str) for values in keep.values() for value in values):
        raise MappingError(_("Texts belong here."), key=f"{key}.keep")
    return Source(
        name=words(raw, "name", key, required=True),
        file=file,
        dialect=_dialect(raw.get("dialect", {}), f"{key}.dialect"),
        columns=_list(raw, "columns", key),
        keep=keep,
    )


def join(raw: dict[str, Any], key: str, lookups: AnyMapping[str, AnyMapping[str, object]]) -> Join:
    """Return a [[join]]."""
    _known(raw, {"source", "as", "left", "right", "left_convert", "right_convert", "take", "order", "required"}, key)
    name = words(raw, "source", key, required=True)
    left, right = _list(raw, "left", key), _list(raw, "right", key)
    if not left or len(left) != len(right):
        raise MappingError(_("As many columns belong to the left as to the right."), key=f"{key}.left")
    take = words(raw, "take", key) or "one"
    if take not in _TAKES:
        raise MappingError(_("One of %s belongs here.") % ", ".join(_TAKES), key=f"{key}.take")
    return Join(
        source=name,
        alias=words(raw, "as", key) or name,
        left=tuple(column_ref(text) for text in left),
        right=right,
        left_convert=_steps(raw.get("left_convert", []), f"{key}.left_convert", lookups),
        right_convert=_steps(raw.get("right_convert", []), f"{key}.right_convert", lookups),
        take=take,
        order=words(raw, "order", key),
        required=_flag(raw, "required", key),
    )


def _template(text: str, key: str) -> tuple[str | ColumnRef, ...]:
    parts: list[str | ColumnRef] = []
    position = 0
    for match in _PLACEHOLDER.finditer(text):
        parts += [text[position : match.start()], column_ref(match[1].strip())]
        if not match[1].strip():
            raise MappingError(_("A placeholder names a column, like {first_name}."), key=key)
        position = match.end()
    return (*parts, text[position:])


def field_spec(raw: object, key: str, lookups: AnyMapping[str, AnyMapping[str, object]]) -> FieldSpec:
    """Return a [field.…]; a plain text is short for `column`."""
    if isinstance(raw, str):
        return FieldSpec(columns=(column_ref(raw),))
    given = table(raw, key)
    known = {"column", "template", "languages", "tagged", "many", "field", "constant", "default", "convert", "required"}
    _known(given, known, key)
    ways = given.keys() & {"column", "template", "languages", "tagged", "many", "constant"}
    if not ways:
        raise MappingError(_("Say where it comes from: column, template, languages, many or constant."), key=key)
    tagged = table(given.get("tagged", {}), f"{key}.tagged")
    if tagged and set(tagged) != {"many", "tag", "text"}:
        raise MappingError(_("{ many = join, tag = column, text = column } belongs here."), key=f"{key}.tagged")
    items = {
        name: field_spec(found, f"{key}.field.{name}", lookups)
        for name, found in table(given.get("field", {}), f"{key}.field").items()
    }
    languages = table(given.get("languages", {}), f"{key}.languages")
    template = words(given, "template", key)
    return FieldSpec(
        columns=tuple(column_ref(text) for text in _list(given, "column", key)),
        template=_template(template, f"{key}.template") if template else (),
        languages={name: column_ref(words(languages, name, f"{key}.languages")) for name in languages},
        tagged=(tagged["many"], tagged["tag"], tagged["text"]) if tagged else (),  # type: ignore[arg-type]
        many=words(given, "many", key),
        items=items,
        constant=given.get("constant"),
        default=given.get("default"),
        convert=_steps(given.get("convert", []), f"{key}.convert", lookups),
        required=_flag(given, "required", key),
    )
