"""What consents tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class ConsentSaid:
    """A person said whether they want a class of messages; the fact is the proof."""

    person_id: int
    message_class: str
    given: bool
    source: str
    text_version: str
