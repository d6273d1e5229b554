"""What a moment or a kindness asks to be set: a small closed list of fields, from which screens are drawn."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.refusals import BadInput

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class FieldKind(StrEnum):
    """How a value is written. Words are an object by language tag, an amount is a decimal as text."""

    NUMBER = "number"
    AMOUNT = "amount"
    CHOICE = "choice"
    WORDS = "words"
    LONG_WORDS = "long-words"
    YES = "yes"


LONGEST = {FieldKind.WORDS: 200, FieldKind.LONG_WORDS: 2000}


def nothing() -> Sequence[tuple[str, str]]:
    """Return no choices."""
    return ()


@dataclass(frozen=True)
class Field:
    """One thing to set: a number from `least` to `most`, one of `choices`, or words in each of our languages."""

    name: str
    label: StrOrPromise
    kind: FieldKind
    start: Any = ""
    least: int = 0
    most: int = 0
    choices: Callable[[], Sequence[tuple[str, str]]] = nothing
    help: StrOrPromise = ""

    def clean(self, given: Any, *, placeholders: Sequence[str] = ()) -> Any:
        """Return a value as it is stored; `BadInput` in one sentence."""
        match self.kind:
            case FieldKind.NUMBER:
                return self._number(given)
            case FieldKind.AMOUNT:
                return self._amount(given)
            case FieldKind.YES:
                return bool(given)
            case FieldKind.CHOICE:
                if str(given) not in {value for value, _label in self.choices()}:
                    raise BadInput(_("“%s” is not among the choices.") % str(given)[:60], field=self.name)
                return str(given)
            case FieldKind.WORDS | FieldKind.LONG_WORDS:
                return self._words(given, placeholders)

    def _number(self, given: Any) -> int:
        try:
            number = int(str(given))
        except ValueError:
            number = self.least - 1
        if not self.least <= number <= self.most:
            values = {"label": self.label, "least": self.least, "most": self.most}
            raise BadInput(_("%(label)s: a whole number from %(least)s to %(most)s.") % values, field=self.name)
        return number

    def _amount(self, given: Any) -> str:
        try:
            amount = Decimal(str(given))
        except InvalidOperation:
            amount = Decimal(-1)
        if not (amount.is_finite() and self.least <= amount <= self.most):
            values = {"label": self.label, "least": self.least, "most": self.most}
            raise BadInput(_("%(label)s: an amount from %(least)s to %(most)s.") % values, field=self.name)
        return str(amount)

    def _words(self, given: Any, placeholders: Sequence[str]) -> dict[str, str]:
        words = {tag: str((given or {}).get(tag, "")).strip().replace("\0", "") for tag in OUR_LANGUAGES}
        for tag, said in words.items():
            if not said:
                raise BadInput(
                    _("%(label)s: write it in every language.") % {"label": self.label}, field=f"{self.name}_{tag}"
                )
            if len(said) > LONGEST[self.kind]:
                values = {"label": self.label, "most": LONGEST[self.kind]}
                raise BadInput(_("%(label)s: at most %(most)s characters.") % values, field=f"{self.name}_{tag}")
            for name in _PLACEHOLDER.findall(said):
                if name not in placeholders:
                    values = {"name": name[:40], "known": ", ".join(f"{{{each}}}" for each in placeholders)}
                    raise BadInput(
                        _("There is no placeholder {%(name)s}; you may use %(known)s.") % values,
                        field=f"{self.name}_{tag}",
                    )
        return words


def clean(fields: Sequence[Field], given: Mapping[str, Any], *, placeholders: Sequence[str] = ()) -> dict[str, Any]:
    """Return what was given for `fields`, made clean; what is missing starts as it does, anything else is left out."""
    return {each.name: each.clean(given.get(each.name, each.start), placeholders=placeholders) for each in fields}


def starting(fields: Sequence[Field]) -> dict[str, Any]:
    """Return the values that fields begin with."""
    return {each.name: each.start for each in fields}
