"""What the test gateway reports, as JSON: parsed strictly."""

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

KINDS = ("payment.paid", "payment.failed", "payment.refunded")
_FIELDS = {"type", "payment", "amount", "currency"}
_LONGEST_KEY = 64
_LARGEST = Decimal(10) ** 15


class BadEventError(Exception):
    """The body is not an event of the gateway."""


@dataclass(frozen=True, slots=True)
class Event:
    """One report: of which kind, on which payment (its key), over which amount (refunded: altogether so far)."""

    kind: str
    payment_key: str
    amount: Decimal
    currency: str
    body: dict[str, Any]


def body_of(*, kind: str, payment_key: str, amount: Decimal, currency: str) -> bytes:
    """Return the JSON body of an event."""
    event = {"type": kind, "payment": payment_key, "amount": str(amount), "currency": currency}
    return json.dumps(event, sort_keys=True).encode()


def parse(body: bytes) -> Event:
    """Return the event in a body; `BadEventError` when it is not exactly one."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadEventError("not JSON") from error
    if not (isinstance(data, dict) and set(data) == _FIELDS and all(isinstance(v, str) for v in data.values())):
        raise BadEventError("not type, payment, amount, currency as texts")
    if data["type"] not in KINDS or not 0 < len(data["payment"]) <= _LONGEST_KEY or "\0" in data["payment"]:
        raise BadEventError("unknown type or payment")
    try:
        amount = Decimal(data["amount"])
    except InvalidOperation as error:
        raise BadEventError("no amount") from error
    if not (amount.is_finite() and Decimal(0) < amount < _LARGEST and amount == round(amount, 4)):
        raise BadEventError("no amount")
    if not (len(data["currency"]) == 3 and data["currency"].isascii() and data["currency"].isupper()):  # noqa: PLR2004  (ISO 4217)
        raise BadEventError("no currency")
    return Event(data["type"], data["payment"], amount, data["currency"], data)
