"""What persons tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class PersonRegistered:
    """A human being became known to us."""

    person_id: int


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class PersonDeactivated:
    """A person is no longer served: sessions end, what they owe passes on."""

    person_id: int
