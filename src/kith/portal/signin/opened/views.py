"""The page behind every one-time link: GET shows, POST acts once, a repeat says when it was done."""

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from kith.access.policies import allow, anyone
from kith.access.requests import Request
from kith.access.tokens import actions, queries
from kith.access.tokens.models import OneTimeToken
from kith.access.tokens.purposes import PURPOSES
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.portal.shell.render import page
from kith.portal.shell.sealed import sealed

_BAD = 400


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def one_time_link(request: Request, token: str) -> HttpResponseBase:
    """Open a link of any purpose."""
    found = queries.find(token=token)
    if found is None or found.purpose not in PURPOSES:
        return sealed(page(request, "portal/signin/link_unknown.html", {}, status=404))
    if found.uses_left == 0:
        return _done(request, found)
    if found.expires_at <= clock.now():
        return sealed(page(request, "portal/signin/link_late.html", {"expired_at": found.expires_at}, status=410))
    try:
        purpose = PURPOSES.get(found.purpose)
        response = _act(request, found) if request.method == "POST" else purpose.show(request, found)
    except NotFound:
        response = page(request, "portal/signin/link_unknown.html", {}, status=404)
    return sealed(response)


def _act(request: Request, token: OneTimeToken) -> HttpResponseBase:
    """Count the use and act, both or neither."""
    with transaction.atomic():
        if not actions.use(token=token, at=clock.now()):
            token.refresh_from_db()
            return _done(request, token)
        response = PURPOSES.get(token.purpose).act(request, token)
        if response.status_code >= _BAD:
            transaction.set_rollback(True)
    return response


def _done(request: Request, token: OneTimeToken) -> HttpResponse:
    answer = page(request, "portal/signin/link_done.html", {"used_at": token.used_at})
    return sealed(answer)
