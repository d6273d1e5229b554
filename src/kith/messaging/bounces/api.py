"""Reports of mails that came back, from a mail server or a provider: one at a time, with a token of its own scope."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from pydantic import Field

from kith.access.apitokens.auth import BearerToken
from kith.access.apitokens.scopes import SCOPES
from kith.access.endpoints.bodies import Body
from kith.access.policies import Policy, allow
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.messaging.bounces.actions import take_in
from kith.messaging.bounces.parsing import MOST
from kith.messaging.outbox.rules import READERS

SCOPE = "bounces"
SCOPES.put(SCOPE, _("Report mails that came back"))
router = Router(tags=["bounces"])
reporters = Policy(
    "bounces",
    _("Programs with a token for bounces, of communications and administrators."),
    lambda request: request.scopes is not None and SCOPE in request.scopes and bool(request.roles & READERS),
)


class BounceIn(Body):
    """The report as it arrived: headers and body."""

    report: Annotated[str, Field(min_length=1, max_length=MOST)]


class BounceOut(Schema):
    """What became of it, for each recipient it names."""

    outcomes: list[str]


@router.post("/bounces", auth=BearerToken(SCOPE), response=BounceOut, summary="Report a mail that came back")
@allow(reporters)
def bounces(request: PersonRequest, body: BounceIn) -> BounceOut:
    """Take a report in (RFC 3464, RFC 5965); one about no mail of ours is `unknown` and changes nothing."""
    del request
    raw = body.report.encode("utf-8", errors="surrogateescape")
    return BounceOut(outcomes=[outcome.value for outcome in take_in(raw=raw, at=clock.now())])
