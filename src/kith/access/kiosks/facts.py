"""What kiosks tell. Never a secret."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact()
@dataclass(frozen=True)
class KioskRegistered:
    """A shared device may be used for signing in with a PIN."""

    kiosk_id: int


@fact()
@dataclass(frozen=True)
class KioskRevoked:
    """A shared device is no longer trusted; everyone signed in there is out."""

    kiosk_id: int


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class PinSet:
    """A person has a new PIN for kiosks."""

    person_id: int


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class PinVoided:
    """A PIN was guessed at five times and is void."""

    person_id: int
    kiosk_id: int
