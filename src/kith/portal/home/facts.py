"""What home tells."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact()
@dataclass(frozen=True)
class HomeDefaultChanged:
    """What an audience sees first was arranged, or taken away."""

    home_default_id: int
