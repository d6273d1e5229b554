"""From posted rows to a rule and back: each row is an attribute with values; rows meet in all or any; some negated.

Fields: `join` (all|any), and per row n `attribute-n`, `values-n` (repeated), `typed-n`, `not-n`. What rows cannot show
(groups inside groups, rows beyond the twelfth) travels whole as `part-n` (JSON) until `drop-n` takes it away.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput
from kith.people.segments import queries
from kith.people.segments.attributes import ATTRIBUTES, Choice
from kith.people.segments.predicate import MAX_CONDITIONS

ROWS = 12
CHOICES = 300


@dataclass
class Row:
    """One condition as it stands on screen."""

    attribute: str = ""
    values: list[str] = field(default_factory=list)
    negated: bool = False

    @property
    def choices(self) -> list[Choice]:
        """What may be picked, with what is picked even when it is not among the choices."""
        if self.attribute not in ATTRIBUTES:
            return []
        known = list(ATTRIBUTES.get(self.attribute).choices("", CHOICES))
        missing = [value for value in self.values if value not in {choice.value for choice in known}]
        return [*(Choice(value, value) for value in missing), *known]

    @property
    def is_free(self) -> bool:
        """Whether the value is typed, since there is nothing to pick from."""
        return self.attribute in ATTRIBUTES and not self.choices


@dataclass(frozen=True)
class Part:
    """A part of a rule that rows cannot show: kept as it is."""

    rule: dict[str, Any]

    @property
    def json(self) -> str:
        """The part as the form carries it."""
        return json.dumps(self.rule)

    @property
    def sentence(self) -> str:
        """The part in the reader's words; `BadInput` where it is no rule."""
        return queries.describe(rule=self.rule)


@dataclass(frozen=True)
class Draft:
    """A rule on screen: its rows, how they meet (all|any), and the parts that rows cannot show."""

    rows: list[Row] = field(default_factory=list)
    join: str = "all"
    parts: list[Part] = field(default_factory=list)

    @property
    def rule(self) -> dict[str, Any]:
        """The rule of parts and of rows that have values; everyone, where there are none."""
        found: list[dict[str, Any]] = []
        for row in self.rows:
            if row.values:
                condition: dict[str, Any] = {"attribute": row.attribute, "is": row.values}
                found.append({"not": condition} if row.negated else condition)
        found += [part.rule for part in self.parts]
        return {self.join: found} if found else {"everyone": True}


def posted(form: QueryDict) -> Draft:
    """Return the draft that was posted, empty rows left out; typed values come separated by commas."""
    rows = []
    for number in range(ROWS):
        attribute = form.get(f"attribute-{number}", "")
        if attribute:
            values = [value for value in form.getlist(f"values-{number}") if value]
            typed = form.get(f"typed-{number}", "")
            values += [part.strip() for part in typed.split(",") if part.strip()]
            rows.append(Row(attribute, list(dict.fromkeys(values)), form.get(f"not-{number}") == "on"))
    names = [name for name in (f"part-{number}" for number in range(MAX_CONDITIONS)) if form.get(name)]
    parts = [_part(form.get(name, "")) for name in names if form.get(name.replace("part", "drop")) != "on"]
    return Draft(rows, "any" if form.get("join") == "any" else "all", parts)


def _part(text: str) -> Part:
    try:
        return Part(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise BadInput(
            _("A part of the segment was changed on its way; open the segment again."), field="rule"
        ) from error


def draft_of(rule: Mapping[str, Any]) -> Draft:
    """Return the draft of a rule; `draft_of(rule).rule` asks for the same persons as `rule`."""
    join = "any" if "any" in rule else "all"
    found = rule.get("all") or rule.get("any") or ([] if "everyone" in rule else [rule])
    draft = Draft(join=join)
    for part in found:
        inner = part.get("not", part)
        if "attribute" in inner and len(draft.rows) < ROWS:
            draft.rows.append(Row(inner["attribute"], list(inner["is"]), "not" in part))
        else:
            draft.parts.append(Part(part))
    return draft
