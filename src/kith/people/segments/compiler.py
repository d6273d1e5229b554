"""A predicate to SQL: one query over `people_person p`, every value a parameter.

Inside an `all`, conditions of one source meet in a single EXISTS; the planner makes a semi-join of it. Two things
that cannot change the answer are left out, because the planner cannot know: tables that no condition names, and the
question whether somebody who has a place is an employee.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput
from kith.people.segments.attributes import ATTRIBUTES, PLACE_JOINS, Attribute, Source
from kith.people.segments.predicate import (
    MAX_CONDITIONS,
    All,
    AnyOf,
    Condition,
    Everyone,
    Not,
    Predicate,
    conditions,
)

_EMPLOYED = Condition("tie", ("employee",))
"""Whoever has a place is employed: `Source.PLACE` says so itself."""
ALIVE = "p.deactivated_at IS NULL AND p.merged_into_id IS NULL"


@dataclass
class Compiled:
    """A WHERE clause over alias p with named parameters. `day` is the date on which ties are looked at."""

    where: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def ids(self) -> str:
        """The SELECT of the persons' ids."""
        return f"SELECT p.id FROM people_person p WHERE {self.where}"  # noqa: S608  (only our own SQL words)


def _attribute(condition: Condition) -> Attribute:
    if condition.attribute not in ATTRIBUTES:
        raise BadInput(_("There is no attribute “%s”.") % condition.attribute[:60], field="rule")
    return ATTRIBUTES.get(condition.attribute)


def _either(expression: str, values: tuple[str, ...]) -> str:
    """Return the condition that a yes or no is among `values`."""
    match ("yes" in values, "no" in values):
        case (True, True):
            return "TRUE"
        case (True, False):
            return f"({expression})"
        case (False, True):
            return f"NOT ({expression})"
        case _:
            return "FALSE"


def _implied(parts: tuple[Predicate, ...]) -> bool:
    """Say whether to be an employee follows from the other parts: one asks for a place, none for another tie."""
    sources = {_attribute(part).source for part in parts if isinstance(part, Condition) and part != _EMPLOYED}
    return Source.PLACE in sources and Source.TIE not in sources


class _Compiler:
    def __init__(self, day: date) -> None:
        self.params: dict[str, Any] = {"day": day}

    def _parameter(self, value: Any) -> str:
        name = f"v{len(self.params)}"
        self.params[name] = value
        return f"%({name})s"

    def test(self, condition: Condition) -> str:
        """Return the comparison of one condition over its source's aliases."""
        attribute = _attribute(condition)
        if attribute.boolean:
            return _either(attribute.expression, condition.values)
        if attribute.pattern:
            values = [value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
                      for value in condition.values]  # fmt: skip
            return f"{attribute.expression} LIKE ANY({self._parameter(values)})"
        if len(condition.values) == 1:
            return f"{attribute.expression} = {self._parameter(condition.values[0])}"
        return f"{attribute.expression} = ANY({self._parameter(list(condition.values))})"

    def _exists(self, source: Source, tests: list[str]) -> str:
        if source is Source.PERSON:
            return " AND ".join(tests)
        asked = " AND ".join(tests)
        joins = "".join(join for alias, join in PLACE_JOINS.items() if re.search(rf"\b{alias}\.", asked))
        return f"EXISTS (SELECT 1 {source.value.format(joins=joins)} AND {asked})"

    def clause(self, predicate: Predicate) -> str:
        """Return the SQL condition of a predicate."""
        match predicate:
            case Everyone():
                return "TRUE"
            case Condition():
                return self._exists(_attribute(predicate).source, [self.test(predicate)])
            case Not(part):
                return f"NOT ({self.clause(part)})"
            case AnyOf(parts):
                return "(" + " OR ".join(self.clause(part) for part in parts) + ")"
            case All(parts):
                return "(" + " AND ".join(self._all(parts)) + ")"

    def _all(self, parts: tuple[Predicate, ...]) -> list[str]:
        grouped: dict[Source, list[str]] = {}
        if _implied(parts):
            parts = tuple(part for part in parts if part != _EMPLOYED)
        others: list[str] = []
        for part in parts:
            if isinstance(part, Condition):
                grouped.setdefault(_attribute(part).source, []).append(self.test(part))
            else:
                others.append(self.clause(part))
        return [self._exists(source, tests) for source, tests in grouped.items()] + others


def compile_predicate(predicate: Predicate, *, day: date, alive: bool = True) -> Compiled:
    """Return the SQL for the persons of whom `predicate` is true on `day` (active ones only, unless not `alive`)."""
    if sum(1 for _condition in conditions(predicate)) > MAX_CONDITIONS:
        raise BadInput(_("A segment has at most %d conditions.") % MAX_CONDITIONS, field="rule")
    compiler = _Compiler(day)
    where = compiler.clause(predicate)
    if alive:
        where = f"{ALIVE} AND {where}"
    return Compiled(where=where, params=compiler.params)
