"""The shelf of payables: who must know at once that their thing was paid, by kind of subject (`order`)."""

from datetime import datetime
from typing import Protocol

from kith.kernel.registries import Registry


class Payable(Protocol):
    """The owner of what is paid for. Called in the transaction of the payment, which holds the payer's lock."""

    def captured(self, *, reference_id: int, payment_id: int, at: datetime) -> None:
        """Hear that the money is there; where the thing cannot be given any more, send it back (`refund_above`)."""
        ...

    def failed(self, *, reference_id: int, payment_id: int, at: datetime) -> None:
        """Hear that the payment came to nothing; another may be tried."""
        ...

    def taken_back(self, *, reference_id: int, payment_id: int, at: datetime) -> None:
        """Hear that the provider sent all of the money back, unasked."""
        ...


PAYABLES: Registry[Payable] = Registry("billing.payables")
