"""Signing in with a password or a mailed link, signing out, one's own password and PIN."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.access.addresses import client_address
from kith.access.couriers import COURIERS
from kith.access.kiosks.actions import WrongPin, set_pin, verify_pin
from kith.access.logins import actions as logins
from kith.access.logins.models import Login
from kith.access.policies import allow, anyone, signed_in
from kith.access.requests import PersonRequest, Request
from kith.access.sessions import actions as sessions
from kith.kernel import clock
from kith.kernel.refusals import NotAllowed, Refusal
from kith.portal.shell.render import page
from kith.portal.signin import actions
from kith.portal.signin.answers import form_page, go, next_path
from kith.portal.signin.forms import ChangePasswordForm, LinkForm, NewPinForm, SignInForm


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Sign in with a name and a password; at a kiosk the PIN comes first."""
    target = next_path(request)
    if request.method != "POST":
        if request.person is not None:
            return go(target)
        if request.kiosk is not None and "password" not in request.GET:
            return go("/kiosk/")
        return _sign_in_page(request, SignInForm(), target)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form, target)
    at = clock.now()
    try:
        login = logins.verify(
            username=form.cleaned_data["username"],
            password=form.cleaned_data["password"],
            address=client_address(request),
            at=at,
        )
    except Refusal as refusal:
        return _sign_in_page(request, form, target, refusal)
    sessions.sign_in(request, login=login, at=at)
    return go(target)


def _sign_in_page(request: Request, form: SignInForm, target: str, refusal: Refusal | None = None) -> HttpResponse:
    context = {"next": target, "links": bool(COURIERS.names())}
    return form_page(request, "portal/signin/sign_in.html", form, context, refusal)


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: Request) -> HttpResponse:
    """Ask for a link by mail; the answer is the same whether the name is known or not."""
    form = LinkForm(request.POST) if request.method == "POST" else LinkForm()
    if not form.is_valid():
        return form_page(request, "portal/signin/ask_for_link.html", form, {})
    typed = form.cleaned_data["username"]
    try:
        actions.count_wish(typed=typed, address=client_address(request), at=clock.now())
    except Refusal as refusal:
        return form_page(request, "portal/signin/ask_for_link.html", form, {}, refusal)
    actions.send_later.defer(typed=typed, purpose=form.cleaned_data["what"])
    return page(request, "portal/signin/link_sent.html", {})


@allow(anyone)
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Sign out of this browser; at a kiosk the next one may sign in."""
    at_kiosk = request.kiosk is not None
    sessions.sign_out(request)
    return go("/kiosk/" if at_kiosk else "/sign-in/")


@allow(signed_in)
@require_POST
def sign_out_everywhere(request: PersonRequest) -> HttpResponse:
    """Sign out of every browser and program."""
    logins.end_sessions(login=_login(request))
    sessions.sign_out(request)
    return go("/sign-in/")


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: PersonRequest) -> HttpResponse:
    """Change one's own password; every other session ends, this one gets a new id."""
    form = ChangePasswordForm(request.POST) if request.method == "POST" else ChangePasswordForm()
    template, context = "portal/signin/password.html", {"username": _login(request).username}
    if not form.is_valid():
        return form_page(request, template, form, context)
    at = clock.now()
    try:
        _verify_again(request, form.cleaned_data["current"])
        login = logins.set_password(
            login=_login(request), password=form.cleaned_data["password"], at=at, by_id=request.person.pk
        )
    except Refusal as refusal:
        return form_page(request, template, form, context, refusal)
    sessions.sign_in(request, login=login, at=at)
    sentence = _("Your password is changed. Everywhere else you are signed out.")
    return page(request, "portal/signin/done.html", {"sentence": sentence})


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def change_pin(request: PersonRequest) -> HttpResponse:
    """Set one's own PIN for kiosks."""
    asked = request.POST if request.method == "POST" else None
    form = NewPinForm(asked, at_kiosk=request.kiosk is not None)
    template, context = "portal/signin/pin.html", {"username": _login(request).username}
    if not form.is_valid():
        return form_page(request, template, form, context)
    try:
        _verify_pin_or_password(request, form.cleaned_data["current"])
        set_pin(login=_login(request), pin=form.cleaned_data["pin"], at=clock.now(), by_id=request.person.pk)
    except Refusal as refusal:
        return form_page(request, template, form, context, refusal)
    return page(request, "portal/signin/done.html", {"sentence": _("Your PIN is set. It works at every kiosk.")})


def _login(request: PersonRequest) -> Login:
    """Return the login of whoever is signed in; a bearer token's person may have none."""
    if request.login is None:
        raise NotAllowed(_("You have no login of your own."))
    return request.login


def _verify_pin_or_password(request: PersonRequest, current: str) -> None:
    """Ask at a kiosk for the present PIN (many there have no password), anywhere else for the password."""
    if request.kiosk is None:
        _verify_again(request, current)
        return
    try:
        verify_pin(kiosk=request.kiosk, number=_login(request).username, pin=current, at=clock.now())
    except WrongPin as refusal:
        refusal.sentence, refusal.field = _("This is not your present PIN."), "current"
        raise


def _verify_again(request: PersonRequest, password: str) -> None:
    """Ask for the present password once more, with all limits in force."""
    try:
        logins.verify(
            username=_login(request).username, password=password, address=client_address(request), at=clock.now()
        )
    except logins.WrongCredentials as refusal:
        refusal.sentence = _("This is not your present password.")
        refusal.field = "current"
        raise
