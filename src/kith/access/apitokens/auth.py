"""How the API knows its caller: `Authorization: Bearer …`."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from kith.access.apitokens.queries import bearer_of
from kith.access.requests import Request
from kith.kernel import clock
from kith.kernel.refusals import NotAllowed
from kith.people.persons.models import Person


class BearerToken(HttpBearer):
    """Sets who is asking on the request from a token, whatever its cookies say; then policies decide as on screens.

    `BearerToken("write")` asks for one scope: a token without it is refused (403), a wrong token is unknown (401).
    """

    def __init__(self, scope: str = "read") -> None:
        """Ask for `scope`."""
        super().__init__()
        self.scope = scope

    def authenticate(self, plain: HttpRequest, token: str) -> Person | None:
        """Return for whom the token speaks, None for an unknown one."""
        request = cast("Request", plain)
        at = clock.now()
        bearer = bearer_of(token=token, at=at)
        if bearer is None:
            return None
        if self.scope not in bearer.scopes:
            raise NotAllowed(_("This token lacks the scope “%s”.") % self.scope)
        who = bearer.standing
        request.person, request.login, request.roles = who.person, who.login, who.roles
        request.employed, request.manages = who.employed(at=at), who.manages
        request.kiosk, request.scopes = None, bearer.scopes
        return who.person
