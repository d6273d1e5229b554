"""The shelf of debts: what people owe by the hundred thousand (acknowledge this notice), kept by whoever asks for it.

Such debts are not rows of promises; whoever lists what a person owes asks this shelf too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kith.kernel.registries import Registry


@dataclass(frozen=True)
class Debt:
    """One thing a person owes: what, where it is done, until when (None: no hurry) and since when."""

    key: str
    label: str
    link: str
    due_at: datetime | None
    since: datetime


class DebtSource(Protocol):
    """Somebody who keeps debts."""

    def owed_by(self, *, person_id: int, at: datetime) -> Sequence[Debt]:
        """Return what a person owes at `at`, soonest due first, labels in the active language; one query."""
        ...


DEBTS: Registry[DebtSource] = Registry("promises.debts")


def debts_of(*, person_id: int, at: datetime) -> list[Debt]:
    """Return everything a person owes to any keeper of debts, soonest due first, those without a due time last."""
    found = [debt for source in DEBTS for debt in source.owed_by(person_id=person_id, at=at)]
    return sorted(found, key=lambda debt: (debt.due_at is None, debt.due_at or debt.since, debt.key))
