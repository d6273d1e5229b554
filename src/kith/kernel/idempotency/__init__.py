"""Commands from outside happen once: the first answer to a key is kept and replayed."""

from kith.kernel.idempotency.once import KeptAnswer, once

__all__ = ["KeptAnswer", "once"]
