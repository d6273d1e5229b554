"""`Plan`: a mapping and a kind's fields, made into the function that turns a joined row into values or faults."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from kith.kernel.imports.checks import WrongValueError, plain
from kith.kernel.imports.fields import Derived, Field, FieldType, checker
from kith.kernel.imports.joining import Cells, HeldSource, Joined, joined_rows
from kith.kernel.imports.mapping import Mapping as ImportMapping
from kith.kernel.imports.mapping_parts import ColumnRef, FieldSpec, MappingError
from kith.kernel.imports.rows import shortened
from kith.kernel.refusals import BadInput

_NO_CELLS: Cells = {}
MOST_ELEMENTS = 1_000


class Fault(NamedTuple):
    """What is wrong with one field of a row; `field` is "" where the whole row is."""

    field: str
    value: str
    reason: str


class Prepared(NamedTuple):
    """A row ready to be staged: its values in the order of the plan's columns, and its faults.

    Of a row with faults only the values that are right are there.
    """

    line: int
    values: tuple[object, ...]
    faults: list[Fault]


Get = Callable[[Joined], object]
Make = Callable[[Joined, list[Fault]], object]


def _empty(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, str) and value.isspace())


def _read(ref: ColumnRef, joined: Joined) -> object:
    return joined.one.get(ref.alias, _NO_CELLS).get(ref.column)


def _filled(parts: Sequence[str | ColumnRef], joined: Joined) -> str:
    values = [part if isinstance(part, str) else plain(_read(part, joined) or "") for part in parts]
    if not any(value.strip() for part, value in zip(parts, values, strict=True) if not isinstance(part, str)):
        return ""
    return " ".join("".join(values).split())


def _getter(spec: FieldSpec) -> Get:
    if len(spec.columns) == 1 and not (spec.template or spec.languages or spec.tagged or spec.constant):
        (ref,) = spec.columns
        return lambda joined: joined.one.get(ref.alias, _NO_CELLS).get(ref.column)

    def get(joined: Joined) -> object:
        for ref in spec.columns:
            if not _empty(value := _read(ref, joined)):
                return value
        if spec.template and (text := _filled(spec.template, joined)):
            return text
        if spec.languages:
            found = {tag: value for tag, ref in spec.languages.items() if not _empty(value := _read(ref, joined))}
            if found:
                return found
        if spec.tagged:
            many, tag, text = spec.tagged
            found = {plain(cells.get(tag) or "").strip(): cells.get(text) for cells in joined.many.get(many, ())}
            found.pop("", None)
            if found:
                return found
        return spec.constant

    return get


def _jsonable(value: object) -> object:
    if isinstance(value, (date, time, Decimal)):
        return str(value)
    return value


def _maker(field: Field, spec: FieldSpec, where: str) -> Make:
    if field.type is FieldType.LIST:
        return _list_maker(field, spec, where)
    get, check, convert, default = _getter(spec), checker(field), spec.convert, spec.default
    required = field.required or spec.required

    def make(joined: Joined, faults: list[Fault]) -> object:
        raw = value = get(joined)
        try:
            for step in convert:
                if _empty(value):
                    break
                value = step(value)
            if _empty(value):
                value = default
            if value is None:
                if required:
                    faults.append(Fault(where, "", _("is missing")))
                return None
            return check(value)
        except WrongValueError as error:
            faults.append(Fault(where, shortened(raw), str(error)))
            return None

    return make


def _list_maker(field: Field, spec: FieldSpec, where: str) -> Make:
    get = _getter(spec)
    specs = spec.items or {item.name: FieldSpec(columns=(ColumnRef(where, item.name),)) for item in field.items}
    alias = spec.many or where
    makers = [(item.name, _maker(item, specs[item.name], item.name)) for item in field.items if item.name in specs]

    def make(joined: Joined, faults: list[Fault]) -> object:
        elements = joined.many.get(spec.many, ()) if spec.many else get(joined)
        if isinstance(elements, Mapping) or elements is None or isinstance(elements, str):
            elements = [] if not elements else [elements]
        if not isinstance(elements, (list, tuple)) or not all(isinstance(element, Mapping) for element in elements):
            faults.append(Fault(where, shortened(elements), _("is not a list of objects")))
            return None
        if len(elements) > MOST_ELEMENTS:
            faults.append(Fault(where, "", _("has more than %s elements") % MOST_ELEMENTS))
            return None
        made = []
        for number, element in enumerate(elements, start=1):
            inner: list[Fault] = []
            around = Joined(joined.line, {**joined.one, alias: element}, joined.many)
            made.append({name: _jsonable(build(around, inner)) for name, build in makers})
            faults.extend(Fault(f"{where}[{number}].{fault.field}", fault.value, fault.reason) for fault in inner)
        if not made and (field.required or spec.required):
            faults.append(Fault(where, "", _("is missing")))
        return json.dumps(made, ensure_ascii=False)

    return make


@dataclass(frozen=True)
class Plan:
    """What an import will stage: the kind's fields that the mapping fills, and where its files are."""

    mapping: ImportMapping
    fields: tuple[Field, ...]
    paths: dict[str, Path]
    derived: tuple[Derived, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the stage that are filled."""
        return (*(field.name for field in self.fields), *(found.name for found in self.derived))

    def rows(self) -> Iterator[Prepared]:
        """Yield the rows of the first source, each with values for `fields` or with all its faults."""
        makers = [_maker(field, self.mapping.fields[field.name], field.name) for field in self.fields]
        first = self.mapping.sources[0]
        sources = {source.name: source for source in self.mapping.sources}
        held = [
            HeldSource(join, sources[join.source], self.paths[join.source], self._used(join.alias))
            for join in self.mapping.joins
        ]
        keys = [ref for join in self.mapping.joins for ref in join.left]
        used = self._used("") | self._used(first.name)
        where = {field.name: place for place, field in enumerate(self.fields)}
        derived = [(found.make, [where.get(name) for name in found.of]) for found in self.derived]
        nothing = (None,) * len(self.columns)
        for joined in joined_rows(first, self.paths[first.name], held, used, keys):
            if joined.problem:
                yield Prepared(joined.line, nothing, [Fault("", joined.sample, joined.problem)])
                continue
            faults: list[Fault] = []
            values = [make(joined, faults) for make in makers]
            if faults:
                values += [None] * len(derived)
            else:
                values += [
                    make(*(None if place is None else values[place] for place in places)) for make, places in derived
                ]
            yield Prepared(joined.line, tuple(values), faults)

    def _used(self, alias: str) -> frozenset[str]:
        found: set[str] = set()
        specs = list(self.mapping.fields.values())
        while specs:
            spec = specs.pop()
            specs.extend(spec.items.values())
            refs = [
                *spec.columns,
                *spec.languages.values(),
                *(part for part in spec.template if not isinstance(part, str)),
            ]
            found.update(ref.column for ref in refs if ref.alias == alias)
            if spec.tagged and spec.tagged[0] == alias:
                found.update(spec.tagged[1:])
        found.update(ref.column for join in self.mapping.joins for ref in join.left if ref.alias == alias)
        return frozenset(found)


def make_plan(
    *, mapping: ImportMapping, fields: Sequence[Field], source: Path, derived: Sequence[Derived] = ()
) -> Plan:
    """Return the plan of an import of `source`, a file or a folder.

    Raises `BadInput` where the mapping names unknown fields or joins, leaves out required fields, or names files
    that are not there.
    """
    known = {field.name: field for field in fields}
    for name, spec in mapping.fields.items():
        if name not in known:
            sentence = _("There is no field “%(name)s”; known are %(known)s.")
            raise MappingError(_at(mapping, sentence % {"name": name, "known": ", ".join(known)}), key=f"field.{name}")
        _check_aliases(mapping, spec, name)
    missing = [field.name for field in fields if field.required and field.name not in mapping.fields]
    if missing:
        raise BadInput(_at(mapping, _("A column is missing: %s.") % ", ".join(missing)), field=missing[0])
    filled = tuple(field for field in fields if field.name in mapping.fields)
    follows = tuple(found for found in derived if any(name in mapping.fields for name in found.of))
    return Plan(mapping=mapping, fields=filled, paths=_paths(mapping, source), derived=follows)


def _at(mapping: ImportMapping, sentence: str) -> str:
    return f"{mapping.where}: {sentence}" if mapping.where else sentence


def _check_aliases(mapping: ImportMapping, spec: FieldSpec, name: str) -> None:
    ones = {"", mapping.sources[0].name} | {join.alias for join in mapping.joins if join.take != "many"}
    many = {join.alias for join in mapping.joins if join.take == "many"}
    refs = [*spec.columns, *spec.languages.values(), *(part for part in spec.template if not isinstance(part, str))]
    for ref in refs:
        if ref.alias not in ones:
            raise MappingError(_at(mapping, _("“%s” is no source of one row.") % ref.alias), key=f"field.{name}")
    for alias in filter(None, (spec.many, spec.tagged[0] if spec.tagged else "")):
        if alias not in many:
            raise MappingError(_at(mapping, _("“%s” is no join of many rows.") % alias), key=f"field.{name}")


def _paths(mapping: ImportMapping, source: Path) -> dict[str, Path]:
    if source.is_dir():
        root = source.resolve()
        paths = {found.name: root / found.file for found in mapping.sources}
        for found in mapping.sources:
            if not found.file or not paths[found.name].resolve().is_relative_to(root):
                raise BadInput(_at(mapping, _("This mapping takes a file, not a folder.")), field="file")
    elif len(mapping.sources) == 1:
        paths = {mapping.sources[0].name: source}
    else:
        raise BadInput(_at(mapping, _("This mapping takes a folder.")), field="file")
    for found in mapping.sources:
        if not paths[found.name].is_file():
            raise BadInput(_("There is no file “%s”.") % (found.file if source.is_dir() else source.name), field="file")
    return paths
