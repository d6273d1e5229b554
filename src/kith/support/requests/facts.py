"""What service requests tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"request_id": "request", "asker_id": "person"})
@dataclass(frozen=True)
class RequestOpened:
    """Somebody asked for help."""

    request_id: int
    asker_id: int


@fact(about={"request_id": "request", "asker_id": "person"})
@dataclass(frozen=True)
class RequestAnswered:
    """A request got an answer."""

    request_id: int
    asker_id: int


@fact(about={"request_id": "request", "asker_id": "person"})
@dataclass(frozen=True)
class RequestReopened:
    """The asker wrote again; another answer is owed."""

    request_id: int
    asker_id: int


@fact(about={"request_id": "request", "asker_id": "person"})
@dataclass(frozen=True)
class RequestClosed:
    """The asker is content, or no longer needs an answer."""

    request_id: int
    asker_id: int
