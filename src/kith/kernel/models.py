"""The kernel's tables."""

from kith.kernel.facts.models import Fact, Pending
from kith.kernel.idempotency.models import IdempotencyKey
from kith.kernel.imports.models import ExternalId, ImportBatch, ImportedRow
from kith.kernel.switches.models import Switch
from kith.kernel.tasks.models import TickState

__all__ = [
    "ExternalId",
    "Fact",
    "IdempotencyKey",
    "ImportBatch",
    "ImportedRow",
    "Pending",
    "Switch",
    "TickState",
]
