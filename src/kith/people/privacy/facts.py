"""What privacy tells."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class PersonErased:
    """Everything kept on a person was erased but what a law keeps; the identifier names nobody any more."""

    person_id: int


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class ErasureAsked:
    """Somebody asked that everything kept on a person be erased."""

    person_id: int
    request_id: int


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class ErasureDeclined:
    """A request for erasure was declined, with a reason the person can read."""

    person_id: int
    request_id: int


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class PersonDataTaken:
    """Everything kept on a person was downloaded by that person."""

    person_id: int
