"""Where other capabilities put their kinds of promises and their duties."""

from kith.promises.commitments.kinds import KINDS, PromiseKind
from kith.promises.duty.shelf import DUTIES, Duty

__all__ = ["DUTIES", "KINDS", "Duty", "PromiseKind"]
