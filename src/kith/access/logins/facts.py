"""What logins tell. Never a secret."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class LoginCreated:
    """A person may sign in."""

    person_id: int
    login_id: int


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class PasswordSet:
    """A password was set; every session and token of the person ended."""

    person_id: int
    login_id: int


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class LoginDeactivated:
    """A person may no longer sign in."""

    person_id: int
    login_id: int


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class LoginReactivated:
    """A person may sign in again."""

    person_id: int
    login_id: int
