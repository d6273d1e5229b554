"""The page behind every one-time link: GET shows, POST acts once, a repeat says when it was done."""

from typing import TypeVar

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from kith.access.logins import actions as logins
from kith.access.logins import queries as people_logins
from kith.access.logins.models import Login
from kith.access.policies import allow, anyone
from kith.access.requests import Request
from kith.access.sessions.actions import sign_in
from kith.access.tokens import actions, queries
from kith.access.tokens.models import OneTimeToken
from kith.access.tokens.purposes import PURPOSES
from kith.kernel import clock
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.portal.shell.render import page
from kith.portal.signin.answers import form_page, go
from kith.portal.signin.forms import NewPasswordForm
from kith.portal.signin.kinds import PASSWORD_LINK, SIGN_IN_LINK

_BAD = 400
R = TypeVar("R", bound=HttpResponseBase)


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def one_time_link(request: Request, token: str) -> HttpResponseBase:
    """Open a link of any purpose."""
    found = queries.find(token=token)
    if found is None or found.purpose not in PURPOSES:
        return _sealed(page(request, "portal/signin/link_unknown.html", {}, status=404))
    if found.uses_left == 0:
        return _done(request, found)
    if found.expires_at <= clock.now():
        return _sealed(page(request, "portal/signin/link_late.html", {"expired_at": found.expires_at}, status=410))
    try:
        purpose = PURPOSES.get(found.purpose)
        response = _act(request, found) if request.method == "POST" else purpose.show(request, found)
    except NotFound:
        response = page(request, "portal/signin/link_unknown.html", {}, status=404)
    return _sealed(response)


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
    return _sealed(answer)


def _sealed(response: R) -> R:
    """Keep the page out of caches and its address out of other sites' logs."""
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _login_of(token: OneTimeToken) -> Login:
    """Return the login a link is for; `NotFound` when it may not enter any more."""
    login = people_logins.login_of(person_id=token.person_id) if token.person_id is not None else None
    if login is None or not people_logins.may_enter(login=login, at=clock.now()):
        raise NotFound("")
    return login


class SignInLink:
    """Signs in whoever opens it and presses the button."""

    def show(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Show who would be signed in."""
        return page(request, "portal/signin/link_sign_in.html", {"name": token.person.name if token.person else ""})

    def act(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Sign in."""
        sign_in(request, login=_login_of(token), at=clock.now())
        return go("/")


class SetPasswordLink:
    """Sets a password, ends every other session, and signs in."""

    def show(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Show the form."""
        return self._form(request, token, NewPasswordForm())

    def act(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Set the password; a weak one is refused with the reason and the link may be used again."""
        form = NewPasswordForm(request.POST)
        if not form.is_valid():
            return self._form(request, token, form)
        at = clock.now()
        try:
            login = logins.set_password(login=_login_of(token), password=form.cleaned_data["password"], at=at)
        except BadInput as refusal:
            return self._form(request, token, form, refusal)
        sign_in(request, login=login, at=at)
        return go("/")

    def _form(
        self, request: Request, token: OneTimeToken, form: NewPasswordForm, refusal: Refusal | None = None
    ) -> HttpResponseBase:
        context = {"name": token.person.name if token.person else "", "username": _login_of(token).username}
        return form_page(request, "portal/signin/link_password.html", form, context, refusal)


PURPOSES.put(SIGN_IN_LINK, SignInLink())
PURPOSES.put(PASSWORD_LINK, SetPasswordLink())
