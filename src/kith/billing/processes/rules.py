"""Which ways of paying a process offers: pure, over its steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput


@dataclass(frozen=True, slots=True)
class Step:
    """One way of paying a process offers: for a segment (its code, "" for everybody) and a range of amounts."""

    method: str
    segment: str = ""
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    days: int = 14

    def fits(self, amount: Decimal) -> bool:
        """Say whether the step is for such an amount."""
        return (self.at_least is None or amount >= self.at_least) and (self.at_most is None or amount <= self.at_most)

    def as_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {
            "method": self.method,
            "segment": self.segment or None,
            "at_least": None if self.at_least is None else str(self.at_least),
            "at_most": None if self.at_most is None else str(self.at_most),
            "days": self.days,
        }


def parse(stored: Mapping[str, Any]) -> Step:
    """Return the step stored as JSON; `BadInput` says what is wrong with it."""
    try:
        step = Step(
            method=str(stored["method"]),
            segment=str(stored.get("segment") or ""),
            at_least=None if stored.get("at_least") is None else Decimal(str(stored["at_least"])),
            at_most=None if stored.get("at_most") is None else Decimal(str(stored["at_most"])),
            days=int(stored.get("days") or 14),
        )
    except (KeyError, ValueError, ArithmeticError) as error:
        raise BadInput(_("A step names a method, and amounts as numbers."), field="steps") from error
    if step.at_least is not None and step.at_most is not None and step.at_least > step.at_most:
        raise BadInput(_("The smallest amount lies above the largest."), field="steps")
    if not 0 <= step.days <= 365:  # noqa: PLR2004  (a bill is due within a year)
        raise BadInput(_("A bill is due within 0 to 365 days."), field="steps")
    return step
