"""What the set-up tells."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class OrganizationFounded:
    """The first administrator exists; the set-up address is worth nothing from now on."""

    person_id: int
