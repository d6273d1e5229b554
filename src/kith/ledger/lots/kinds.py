"""The shelf of kinds: what can be held, in which unit."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from kith.kernel.money import minor_unit
from kith.kernel.refusals import BadInput
from kith.kernel.registries import Registry

HIGHEST = Decimal(10) ** 15


class LedgerUnit(StrEnum):
    """What an amount of a kind counts."""

    MINUTES = "minutes"
    UNITS = "units"
    MONEY = "money"
    POINTS = "points"


@dataclass(frozen=True)
class Kind:
    """A store of value. `negative_allowed` lets a holder take more than there is, as a debt."""

    code: str
    label: StrOrPromise
    unit: str
    currency: str = ""
    negative_allowed: bool = False

    def __post_init__(self) -> None:
        unit = LedgerUnit(self.unit)
        if (unit == LedgerUnit.MONEY) != bool(self.currency):
            message = f"Kind {self.code!r}: money has a currency, everything else has none."
            raise ValueError(message)

    @property
    def quantum(self) -> Decimal:
        """The smallest amount: a minor unit of the currency, else one."""
        return minor_unit(self.currency) if self.currency else Decimal(1)

    def shown(self, amount: Decimal) -> str:
        """Return an amount in plain digits, as exact as the kind is."""
        return f"{amount.quantize(self.quantum):f}"

    def checked(self, amount: Decimal) -> Decimal:
        """Return a positive amount in whole quanta; `BadInput` for anything else, never rounded."""
        if not amount.is_finite() or not 0 < amount < HIGHEST:
            raise BadInput(_("The amount must be above zero."), field="amount")
        if amount % self.quantum:
            raise BadInput(_("The amount must be a multiple of %s.") % self.quantum, field="amount")
        return amount


KINDS: Registry[Kind] = Registry("ledger.kinds")
