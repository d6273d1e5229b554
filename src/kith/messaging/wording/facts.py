"""What wordings tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact()
@dataclass(frozen=True)
class WordingChanged:
    """Another version of an automatic message's words is in force; 0: the words we ship."""

    code: str
    number: int
