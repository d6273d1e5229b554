"""Makers of a set-up."""

from typing import Any

from kith.portal.welcome import actions
from kith.portal.welcome.keys import token_of
from kith.portal.welcome.models import Setup
from tests.people import make as people

PASSWORD = "bamboo grows by night 7"


def begun() -> str:
    """Begin a set-up and return its token."""
    actions.begin(at=people.AT)
    return token_of(Setup.objects.get().nonce)


def administrator(**given: Any) -> dict[str, Any]:
    """Return what the administrator's step sends."""
    return {
        "full_name": "Trần Thị Mai",
        "username": "mai@example.org",
        "mailbox": "",
        "password": PASSWORD,
        "roles": ["communications", "hr"],
        **given,
    }


def found(token: str, **given: Any) -> Any:
    """Make the first administrator by the action."""
    asked = {"language": "vi", "zone": "Asia/Ho_Chi_Minh", "at": people.AT, **administrator(), **given}
    return actions.found_administrator(token=token, **asked)
