"""What the organization's identity tells."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact()
@dataclass(frozen=True)
class IdentityChanged:
    """Name, logo, languages, place, theme or rooms in use were changed; `version` has the values."""

    version: int
    changed: str
