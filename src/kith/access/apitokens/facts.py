"""What bearer tokens tell. Never a secret."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class ApiTokenIssued:
    """A program may act for a person."""

    person_id: int
    api_token_id: int


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class ApiTokenRevoked:
    """A program may no longer act for a person."""

    person_id: int
    api_token_id: int
