"""The two links of signing in: one signs in, one sets a password and signs in."""

from django import forms
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from kith.access.logins import actions as logins
from kith.access.logins import queries as people_logins
from kith.access.logins.models import Login
from kith.access.requests import Request
from kith.access.sessions.actions import sign_in
from kith.access.tokens.models import OneTimeToken
from kith.access.tokens.purposes import PURPOSES
from kith.kernel import clock
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.portal.shell.render import page
from kith.portal.signin.answers import form_page, go
from kith.portal.signin.inputs import secret
from kith.portal.signin.kinds import PASSWORD_LINK, SIGN_IN_LINK


class NewPasswordForm(forms.Form):
    """A new password, by a link."""

    password = secret(
        _("New password"),
        autocomplete="new-password",
        help_text=_("At least 10 characters, and not one that many people use. A sentence is a good password."),
    )


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
