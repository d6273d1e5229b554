"""Where I am signed in, and signing out elsewhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kith.access.logins.models import Login
from kith.access.policies import allow, signed_in
from kith.access.requests import PersonRequest
from kith.access.sessions import actions, queries
from kith.kernel import clock
from kith.kernel.refusals import NotAllowed, NotFound
from kith.portal.shell.render import page
from kith.portal.signin.answers import go


def _login(request: PersonRequest) -> Login:
    if request.login is None:
        raise NotAllowed(_("You have no login of your own."))
    return request.login


def _key(request: PersonRequest) -> str:
    return request.session.session_key or ""


@allow(signed_in)
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """Show every browser I am signed in with."""
    found = queries.open_sessions(login=_login(request), key=_key(request), at=clock.now())
    return page(request, "portal/sessions/mine.html", {"sessions": found, "now": clock.now()})


@allow(signed_in)
@require_POST
def end(request: PersonRequest, handle: str) -> HttpResponse:
    """Sign out one other browser; this one signs out as everywhere."""
    login = _login(request)
    if queries.digest_of(_key(request))[: queries.HANDLE_LENGTH] == handle:
        actions.sign_out(request)
        return go("/sign-in/")
    if not actions.end_one(login=login, handle=handle):
        raise NotFound(_("This browser is signed out already."))
    messages.success(request, _("Signed out there."))
    return go(reverse("my-sessions"))


@allow(signed_in)
@require_POST
def end_others(request: PersonRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    ended = actions.end_others(login=_login(request), keep=_key(request))
    messages.success(
        request, ngettext("%(num)d other is signed out.", "%(num)d others are signed out.", ended) % {"num": ended}
    )
    return go(reverse("my-sessions"))
