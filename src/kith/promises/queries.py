"""What other capabilities ask of promises."""

from kith.promises.commitments.queries import (
    Keeping,
    escalated_to,
    keeping,
    keeping_by_unit,
    open_about,
    overdue,
    owed_by,
    owed_to,
    visible_to,
    waiting_by_unit,
)
from kith.promises.debts import debts_of
from kith.promises.duty.queries import holders

__all__ = [
    "Keeping", "debts_of", "escalated_to", "holders", "keeping", "keeping_by_unit", "open_about", "overdue", "owed_by",
    "owed_to", "visible_to", "waiting_by_unit",
]  # fmt: skip
