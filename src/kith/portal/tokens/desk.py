"""The screen of bearer tokens. An administrator makes them for themselves only, and ends anybody's.

A token for somebody else would open what that person sees: no role implies another, so no screen gives one out
(the command line can, where the machine itself is in hand).
"""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.access.apitokens import actions, queries
from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.portal.shell.render import page
from kith.portal.signin.answers import form_page, go
from kith.portal.tokens.forms import TokenForm

SHOWN = 200
TEMPLATE = "portal/tokens/tokens.html"


@allow(has_role("administrator"))
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: PersonRequest) -> HttpResponse:
    """List the tokens in use; make one, shown this once."""
    at = clock.now()
    form = TokenForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return form_page(request, TEMPLATE, form, _context(request, made=""))
    said = form.cleaned_data
    try:
        made = actions.issue_token(
            person=request.person,
            name=said["name"],
            scopes=said["scopes"],
            expires_at=at + timedelta(days=said["days"]),
            at=at,
            by_id=request.person.pk,
        )
    except Refusal as refusal:
        return form_page(request, TEMPLATE, form, _context(request, made=""), refusal)
    return page(request, TEMPLATE, {"form": TokenForm(), **_context(request, made=made)})


def _context(request: PersonRequest, *, made: str) -> dict[str, object]:
    rows = list(queries.in_use(at=clock.now())[:SHOWN])
    return {"rows": rows, "made": made, "me": request.person}


@allow(has_role("administrator"), guards="api-token")
@require_POST
def revoke(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """End a token at once."""
    found = queries.in_use(at=clock.now()).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such token."))
    actions.revoke_token(public_id=public_id, person_id=found.person_id, at=clock.now(), by_id=request.person.pk)
    messages.success(request, _("The token is worth nothing from now on."))
    return go(reverse("api-tokens"))
