"""From posted rows to a rule and back: each row is an attribute with values; rows meet in all or any; some negated.

Fields: `join` (all|any), and per row n `attribute-n`, `values-n` (repeated), `not-n`. A tree that rows cannot show
(nested deeper) is edited as JSON instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from kith.people.segments.attributes import ATTRIBUTES, Choice

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


def rows_of(posted: QueryDict) -> list[Row]:
    """Return the rows that were posted, empty ones left out; free values come separated by commas."""
    rows = []
    for number in range(ROWS):
        attribute = posted.get(f"attribute-{number}", "")
        if attribute:
            values = [value for value in posted.getlist(f"values-{number}") if value]
            typed = posted.get(f"typed-{number}", "")
            values += [part.strip() for part in typed.split(",") if part.strip()]
            rows.append(Row(attribute, list(dict.fromkeys(values)), posted.get(f"not-{number}") == "on"))
    return rows


def rule_of(rows: list[Row], *, join: str) -> dict[str, Any]:
    """Return the rule of the rows that have values; everyone, where there are none."""
    parts: list[dict[str, Any]] = []
    for row in rows:
        if row.values:
            condition: dict[str, Any] = {"attribute": row.attribute, "is": row.values}
            parts.append({"not": condition} if row.negated else condition)
    return {"any" if join == "any" else "all": parts} if parts else {"everyone": True}


def rows_from(rule: Mapping[str, Any]) -> tuple[list[Row], str]:
    """Return rows and join of a rule; parts that rows cannot show are left out."""
    join = "any" if "any" in rule else "all"
    parts = rule.get("all") or rule.get("any") or ([] if "everyone" in rule else [rule])
    rows = []
    for part in parts:
        inner = part.get("not", part)
        if isinstance(inner, dict) and "attribute" in inner:
            rows.append(Row(inner["attribute"], list(inner["is"]), "not" in part))
    return rows, join
