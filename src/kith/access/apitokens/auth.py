"""How the API knows its caller: `Authorization: Bearer …`."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from kith.access.apitokens.queries import bearer_of
from kith.access.endpoints import limits
from kith.access.operations import operations_of
from kith.access.policies import turn_away
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
        limits.note(request, bearer.rate)
        if self.scope not in bearer.scopes:
            raise NotAllowed(_("This token lacks the scope “%s”.") % self.scope)
        who = bearer.standing
        request.person, request.login, request.roles = who.person, who.login, who.roles
        request.employed, request.manages = who.employed(at=at), who.manages
        request.kiosk, request.scopes = None, bearer.scopes
        _pass_the_door(request)
        return who.person


def _pass_the_door(request: Request) -> None:
    """Ask the operation's policy before its input is looked at: whoever may not open it learns nothing of it."""
    match = request.resolver_match
    for operation in operations_of(match.func) if match is not None else ():
        policy = vars(operation.view_func).get("policy")
        if request.method in operation.methods and policy is not None and not policy.allows(request):
            turn_away(request, policy)


WRITES = BearerToken("write")
"""For operations that change something."""
