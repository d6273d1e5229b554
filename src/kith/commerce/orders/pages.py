"""What the pages of an order show, for its buyer and for the desk."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kith.billing.invoices.models import Invoice
from kith.billing.invoices.queries import by_reference
from kith.commerce.orders import rules
from kith.commerce.orders.confirming import subject_of, total_left
from kith.commerce.orders.models import Order, OrderLine
from kith.commerce.orders.telling import LABELS, sentence, story
from kith.kernel.money import Money
from kith.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with its price, why, and how many may still be cancelled; `key` makes a double click one cancellation."""

    line: OrderLine
    unit: Money
    public: Money
    total: Money
    steps: Sequence[tuple[Text, Money]]
    left: int
    key: str


def shown_lines(order: Order) -> list[ShownLine]:
    """Return the lines of an order for its pages; one query."""
    currency = order.currency
    return [
        ShownLine(
            line=line,
            unit=Money(line.unit_price, currency),
            public=Money(line.public_price, currency),
            total=Money(line.total, currency),
            steps=[(Text(step["label"]), Money(Decimal(step["amount"]), currency)) for step in line.explanation],
            left=line.quantity - line.cancelled,
            key=str(uuid.uuid4()),
        )
        for line in order.lines.select_related("product").order_by("position")
    ]


def bills_of(order: Order) -> list[Invoice]:
    """Return the bill and the credit notes of an order."""
    return list(by_reference(references=[str(subject_of(order))]).select_related("organization", "corrects"))


def order_context(order: Order, *, at_desk: bool) -> dict[str, Any]:
    """Return what an order's page needs."""
    label, tone = LABELS[order.status]  # type: ignore[index]
    return {
        "order": order,
        "lines": shown_lines(order),
        "status": str(label),
        "tone": tone,
        "sentence": sentence(order),
        "story": story(order),
        "bills": bills_of(order),
        "total": Money(order.total, order.currency),
        "total_left": total_left(order),
        "may_cancel": rules.may_cancel(order, at_desk=at_desk),
        "may_cancel_units": rules.may_cancel_units(order, at_desk=at_desk),
    }
