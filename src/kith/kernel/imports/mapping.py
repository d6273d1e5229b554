"""A mapping: which files and columns make up the rows of an import; the typed form of its TOML file."""

import re
import tomllib
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from kith.kernel.imports.dialects import Dialect
from kith.kernel.imports.mapping_parts import (
    FieldSpec,
    Join,
    MappingError,
    Source,
    field_spec,
    join,
    source,
    table,
    words,
)

__all__ = ["Dialect", "FieldSpec", "Join", "Mapping", "MappingError", "Source", "read_mapping", "simple_mapping"]

_TOP = {"kind", "system", "title", "source", "join", "field", "lookup"}
_MOST_BYTES = 1 << 20


@dataclass(frozen=True)
class Mapping:
    """The rows of the first source, joined with the others, become fields.

    `system` names whose external ids these are. `where` is the mapping file's name for messages.
    """

    kind: str
    system: str
    sources: tuple[Source, ...]
    fields: dict[str, FieldSpec]
    joins: tuple[Join, ...] = ()
    lookups: dict[str, dict[str, object]] = field(default_factory=dict)
    title: str = ""
    where: str = ""


def read_mapping(path: Path) -> Mapping:
    """Return the mapping in a TOML file; `MappingError` names file, line and key of what is wrong."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise MappingError(_("The mapping %s cannot be read.") % path.name) from error
    if len(raw) > _MOST_BYTES:
        raise MappingError(_("The mapping %s is too large.") % path.name)
    return parse_mapping(raw, where=path.name)


def parse_mapping(raw: bytes, *, where: str) -> Mapping:
    """Return the mapping that `raw` (TOML) holds; `where` names it in messages."""
    try:
        text = raw.decode("utf-8-sig")
        document = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise MappingError(f"{where}: {error}") from error
    try:
        return _mapping(document, where)
    except MappingError as error:
        raise MappingError(_located(str(error), error.key, text, where)) from error


def _located(sentence: str, key: str, text: str, where: str) -> str:
    number = _line_of(key, text.splitlines())
    place = [where, f"line {number}" if number else "", key]
    return f"{', '.join(part for part in place if part)}: {sentence}"


def _line_of(key: str, lines: list[str]) -> int:
    """Return the line (from 1) on which the last part of a key stands that can be found, 0 for none."""
    at = 0
    for name, index in re.findall(r"([^.\[\]]+)(?:\[(\d+)\])?", key):
        if index:
            headers = [n for n, line in enumerate(lines, 1) if re.match(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]", line)]
            at = headers[int(index)] if int(index) < len(headers) else at
            continue
        pattern = re.compile(rf"(?:^\s*|\[|\.|\{{\s*|,\s*)[\"']?{re.escape(name)}[\"']?\s*(?:=|\]|\.)")
        at = next((n for n, line in enumerate(lines, 1) if n >= at and pattern.search(line)), at)
    return at


def _mapping(document: dict[str, object], where: str) -> Mapping:
    for key in document.keys() - _TOP:
        raise MappingError(_("There is no such key; known are %s.") % ", ".join(sorted(_TOP)), key=key)
    lookups = {
        name: table(found, f"lookup.{name}") for name, found in table(document.get("lookup", {}), "lookup").items()
    }
    raw_sources = document.get("source", [])
    if not isinstance(raw_sources, list) or not raw_sources:
        raise MappingError(_("At least one [[source]] is needed."), key="source")
    sources = tuple(
        source(table(found, f"source[{n}]"), f"source[{n}]", lookups) for n, found in enumerate(raw_sources)
    )
    raw_joins = document.get("join", [])
    if not isinstance(raw_joins, list):
        raise MappingError(_("Joins are written as [[join]]."), key="join")
    joins = tuple(join(table(found, f"join[{n}]"), f"join[{n}]", lookups) for n, found in enumerate(raw_joins))
    fields = {
        name: field_spec(found, f"field.{name}", lookups)
        for name, found in table(document.get("field", {}), "field").items()
    }
    mapping = Mapping(
        kind=words(document, "kind", "", required=True),
        system=words(document, "system", "") or "file",
        title=words(document, "title", ""),
        sources=sources,
        joins=joins,
        fields=fields,
        lookups=lookups,
        where=where,
    )
    _check(mapping)
    return mapping


def _check(mapping: Mapping) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", mapping.system):
        raise MappingError(_("Write the system in small letters, digits and dashes, at most 40."), key="system")
    names = [found.name for found in mapping.sources]
    for name in names:
        if names.count(name) > 1:
            raise MappingError(_("Two sources are called “%s”.") % name, key="source.name")
    aliases = {names[0]}
    for number, found in enumerate(mapping.joins):
        if found.source not in names:
            raise MappingError(_("There is no source “%s”.") % found.source, key=f"join[{number}].source")
        if found.alias in aliases:
            raise MappingError(_("Two joins are called “%s”; give one another name with “as”.") % found.alias,
                               key=f"join[{number}].as")  # fmt: skip
        for key in found.left:
            if key.alias and key.alias not in aliases:
                raise MappingError(_("“%s” is not joined before this.") % key.alias, key=f"join[{number}].left")
        aliases.add(found.alias)
    if not mapping.fields:
        raise MappingError(_("At least one [field.…] is needed."), key="field")


def simple_mapping(*, kind: str, system: str, columns: AnyMapping[str, str], dialect: Dialect | None = None) -> Mapping:
    """Return the mapping of one file whose columns are fields: `columns` maps field to column.

    A field name with a tag, `name.vi`, is the text of one language.
    """
    from kith.kernel.imports.mapping_parts import ColumnRef  # noqa: PLC0415  (kept out of the public names)

    fields: dict[str, FieldSpec] = {}
    for name, column in columns.items():
        base, dot, language = name.partition(".")
        ref = ColumnRef("", column)
        if dot:
            before = fields.get(base)
            languages = {**(before.languages if before else {}), language: ref}
            fields[base] = FieldSpec(languages=languages)
        else:
            kept = fields.get(name)
            fields[name] = FieldSpec(languages={**kept.languages, "en": ref}) if kept else FieldSpec(columns=(ref,))
    return Mapping(
        kind=kind, system=system, sources=(Source(name="file", dialect=dialect or Dialect()),), fields=fields
    )
