"""What other capabilities do with promises: open, keep, pass on, pass up, extend, pause, resume, withdraw."""

from kith.promises.commitments.actions import extend, keep, open_promise, pass_on, pause, resume, withdraw
from kith.promises.commitments.owning import OwnerRule
from kith.promises.commitments.passing import pass_up
from kith.promises.duty.actions import ensure_duty, set_holders

__all__ = [
    "OwnerRule",
    "ensure_duty",
    "extend",
    "keep",
    "open_promise",
    "pass_on",
    "pass_up",
    "pause",
    "resume",
    "set_holders",
    "withdraw",
]
