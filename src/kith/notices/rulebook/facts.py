"""What the rule book tells."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact()
@dataclass(frozen=True)
class RulebookChanged:
    """Another rule book holds for the notices that go out from now on."""

    version: int
