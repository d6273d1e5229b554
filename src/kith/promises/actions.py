"""What other capabilities do with promises: open, keep, pass on, extend, pause, resume, withdraw."""

from kith.promises.commitments.actions import extend, keep, open_promise, pass_on, pause, resume, withdraw
from kith.promises.commitments.owning import OwnerRule
from kith.promises.duty.actions import ensure_duty, set_holders

__all__ = [
    "OwnerRule",
    "ensure_duty",
    "extend",
    "keep",
    "open_promise",
    "pass_on",
    "pause",
    "resume",
    "set_holders",
    "withdraw",
]
