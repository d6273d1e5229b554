"""The screens of kiosks: signing in with a PIN, registering a device, taking one out of use."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.kiosks import actions, cookie, queries
from kith.access.policies import allow, anyone, has_role
from kith.access.requests import PersonRequest, Request
from kith.access.sessions import actions as sessions
from kith.kernel import clock
from kith.kernel.refusals import NotAllowed, Refusal
from kith.portal.shell.render import page
from kith.portal.signin.answers import form_page, go
from kith.portal.signin.forms import KioskForm, PinForm


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Request) -> HttpResponse:
    """Sign in with personnel number and PIN on a registered device."""
    if request.kiosk is None:
        return page(request, "portal/signin/kiosk_unknown.html", {"may_register": "administrator" in request.roles})
    template, context = "portal/signin/kiosk.html", {"kiosk": request.kiosk}
    if request.method != "POST":
        if request.person is not None:
            return page(request, "portal/signin/kiosk_signed_in.html", {"name": request.person.name})
        return form_page(request, template, PinForm(), context)
    form = PinForm(request.POST)
    if not form.is_valid():
        return form_page(request, template, form, context)
    at = clock.now()
    try:
        login = actions.verify_pin(
            kiosk=request.kiosk, number=form.cleaned_data["number"], pin=form.cleaned_data["pin"], at=at
        )
    except Refusal as refusal:
        return form_page(request, template, form, context, refusal)
    sessions.sign_in(request, login=login, at=at, kiosk=request.kiosk)
    return go("/")


@allow(has_role("administrator"))
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: PersonRequest) -> HttpResponse:
    """Make this very device a kiosk; the administrator is signed out of it."""
    language = get_language() or "en"
    form = KioskForm(request.POST if request.method == "POST" else None, language=language)
    template, context = "portal/signin/kiosk_register.html", {"known": request.kiosk}
    if request.kiosk is not None:
        raise NotAllowed(_("This device is a kiosk already; sign in on another one to change that."))
    if not form.is_valid():
        return form_page(request, template, form, context)
    try:
        _kiosk, secret = actions.register_kiosk(
            name=form.cleaned_data["name"], site=form.cleaned_data["site"], by=request.person, at=clock.now()
        )
    except Refusal as refusal:
        return form_page(request, template, form, context, refusal)
    sessions.sign_out(request)
    response = go("/kiosk/")
    cookie.write(response, secret)
    return response


@allow(has_role("administrator"))
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """Show the kiosks in use."""
    return page(request, "portal/signin/kiosks.html", {"kiosks": list(queries.registered())})


@allow(has_role("administrator"), guards="kiosk")
@require_POST
def revoke(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Take a kiosk out of use; whoever is signed in there is out."""
    actions.revoke_kiosk(public_id=public_id, at=clock.now(), by_id=request.person.pk)
    return go("/admin/kiosks/")
