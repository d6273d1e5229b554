"""The tables of promises."""

from kith.promises.commitments.models import Promise, PromiseEvent
from kith.promises.duty.models import DutyHolder, DutyRole

__all__ = ["DutyHolder", "DutyRole", "Promise", "PromiseEvent"]
