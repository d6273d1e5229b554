"""The shelf of ways to pay: what a method of paying can do. Payroll and the test gateway stand on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django_stubs_ext import StrOrPromise

from kith.kernel.money import Money
from kith.kernel.registries import Registry


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be paid: by whom (a person pays for themselves or for a firm), to which of our companies.

    `details` is what the payer typed for this method (`{"consent": "yes"}`); empty while it is only offered.
    """

    person_id: int
    organization_id: int
    amount: Money
    language: str
    at: datetime
    details: Mapping[str, str] = field(default_factory=dict)


class Method(Protocol):
    """A way to pay. `start` and `refund` run in the transaction of their caller, which holds the payer's lock."""

    @property
    def label(self) -> StrOrPromise:
        """The name of the way to pay."""
        ...

    @property
    def hint(self) -> StrOrPromise:
        """What happens when it is chosen, in a sentence."""
        ...

    @property
    def needs_sign_in(self) -> bool:
        """Whether only the person themselves may choose it."""
        ...

    def problem(self, asked: Asked) -> str:
        """Return in one sentence why it cannot be used, with the way out; "" when it can."""
        ...

    def consent(self, asked: Asked) -> str:
        """Return the words to be agreed to before it is used, "" for none."""
        ...

    def start(self, *, payment_id: int, asked: Asked) -> None:
        """Begin a payment that was just made: capture it, or wait for the payer at `page`; `Refusal` undoes it."""
        ...

    def page(self, *, payment_key: str) -> str:
        """Return the address where the payer goes on, "" when nothing is left to do."""
        ...

    def refund(self, *, payment_id: int, amount: Money, at: datetime) -> None:
        """Send an amount back by the way it came."""
        ...


METHODS: Registry[Method] = Registry("billing.payment_methods")
BY_BILL = "bill"
"""The method that needs no payment now: the order is bound, the bill says until when it is to be paid."""
