"""What someone asks for at the check-out, and the price trace as an order keeps it. Plain data."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from kith.commerce.prices.resolver import Resolved

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LONGEST_ADDRESS = 500


@dataclass(frozen=True, slots=True)
class Guest:
    """A buyer without an account: a name and an address that was typed, not proven."""

    name: str
    mailbox: str


@dataclass(frozen=True, slots=True)
class CheckOut:
    """Everything that is asked for: from a basket (its id), or `lines` (quantity by product id).

    `expected_total` is the sum the buyer saw (None: not looked at), `at_public_price` spares the quota,
    `details` goes to the way of paying (`{"consent": "yes"}`).
    """

    store: str
    method: str
    ship_to: str
    language: str
    basket_id: int | None = None
    lines: Mapping[int, int] = field(default_factory=dict)
    guest: Guest | None = None
    payer_id: int | None = None
    expected_total: Decimal | None = None
    at_public_price: bool = False
    details: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what an idempotency key stands for."""
        return asdict(self)


def new_number() -> str:
    """Return a random number of an order, `K7QF-2MXD`: readable, and not to be guessed from another."""
    letters = [secrets.choice(ALPHABET) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def explanation(price: Resolved) -> list[dict[str, Any]]:
    """Return the price trace as JSON: labels by language and amounts that sum to the unit price."""
    return [{"label": dict(step.label), "amount": str(step.amount)} for step in price.steps]
