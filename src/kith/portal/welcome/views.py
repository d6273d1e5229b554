"""The set-up by its address, before anybody can sign in. Each step is saved at once; a GET changes nothing."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, anyone, ask_to_sign_in
from kith.access.requests import Request
from kith.access.sessions.actions import sign_in
from kith.kernel import clock
from kith.kernel.languages import tag
from kith.kernel.refusals import NotAllowed, NotFound, Refusal
from kith.portal.organization.queries import newest
from kith.portal.shell.render import page
from kith.portal.shell.sealed import sealed
from kith.portal.signin.answers import form_page, go
from kith.portal.welcome import actions, queries
from kith.portal.welcome.actions import TooLate
from kith.portal.welcome.pages import PAGES, Asked
from kith.portal.welcome.queries import Standing

STEP = "portal/welcome/step.html"


@allow(anyone)
@require_safe
def welcome(request: Request) -> HttpResponse:
    """Lead each to where the set-up goes on: the administrator to the list, visitors to the terminal or sign-in."""
    if not queries.has_administrator():
        return sealed(page(request, "portal/welcome/new.html", {}))
    if request.person is None:
        return ask_to_sign_in(request)
    if "administrator" not in request.roles:
        raise NotAllowed(_("Only an administrator sets the organization up."))
    return go(reverse("welcome-list"))


def _opened(request: Request, token: str) -> HttpResponse | None:
    """Return nothing where the token opens the set-up, else the answer that says why it does not."""
    if queries.open_by(token=token) is not None:
        return None
    if queries.was_opened_by(token=token):
        return sealed(page(request, "portal/welcome/finished.html", {}, status=TooLate.status))
    raise NotFound(_("This address opens nothing. Copy the whole address from where Kith was started."))


def _before() -> list[Standing]:
    return [each for each in queries.standings() if each.step.before_anyone]


def _next_url(token: str, found: list[Standing], *, after: str = "") -> str:
    """Return the address of the next open step, looking on from `after` first."""
    keys = [each.key for each in found]
    start = keys.index(after) + 1 if after in keys else 0
    turned = [*found[start:], *found[:start]]
    key = next((each.key for each in turned if each.open and each.key != after), "administrator")
    return reverse("welcome-step-by-token", args=[token, key])


@allow(anyone)
@require_safe
def by_token(request: Request, token: str) -> HttpResponse:
    """Show the steps; the set-up can be left at any of them and goes on here."""
    if answer := _opened(request, token):
        return answer
    found = queries.standings()
    context = {
        "standings": found,
        "next_url": _next_url(token, [each for each in found if each.step.before_anyone]),
        "begun": any(each.done for each in found),
        "token": token,
    }
    return sealed(page(request, "portal/welcome/by_token.html", context))


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def step_by_token(request: Request, token: str, key: str) -> HttpResponse:
    """Ask one step, and save its answer at once."""
    if answer := _opened(request, token):
        return answer
    found = queries.standings()
    here = next((each for each in found if each.key == key and each.step.before_anyone), None)
    if here is None:
        raise NotFound(_("There is no such step."))
    asked = PAGES[key]
    context = {
        "here": here,
        "standings": found,
        "number": found.index(here),
        "back_url": reverse("welcome-by-token", args=[token]),
        "skip_url": reverse("welcome-skip-by-token", args=[token, key]) if here.step.optional else "",
    }
    if request.method != "POST":
        return sealed(form_page(request, STEP, asked.form(initial=asked.initial()), context))
    form = asked.form(request.POST, request.FILES)
    try:
        answer = _saved(request, token, key, form) if form.is_valid() else form_page(request, STEP, form, context)
    except TooLate:
        answer = page(request, "portal/welcome/finished.html", {}, status=TooLate.status)
    except Refusal as refusal:
        answer = form_page(request, STEP, form, context, refusal)
    return sealed(answer)


def _saved(request: Request, token: str, key: str, form: forms.Form) -> HttpResponse:
    """Save a step's answer and go on; `Refusal` where it is not taken."""
    save = PAGES[key].save
    if save is None:
        return _begin_service(request, token, form)
    with transaction.atomic():
        actions.opened(token)
        save(form, Asked(person=None, at=clock.now()))
    return go(_next_url(token, _before(), after=key))


def _begin_service(request: Request, token: str, form: forms.Form) -> HttpResponse:
    """Make the first administrator and sign them in; the set-up goes on with them."""
    said: dict[str, Any] = form.cleaned_data
    at, version = clock.now(), newest()
    login = actions.found_administrator(
        token=token,
        **said,
        language=tag(get_language() or "en"),
        zone=(version.zone if version else "") or "UTC",
        at=at,
    )
    sign_in(request, login=login, at=at)
    return go(reverse("welcome-list"))


@allow(anyone)
@require_POST
def skip_by_token(request: Request, token: str, key: str) -> HttpResponse:
    """Do without an optional step."""
    if answer := _opened(request, token):
        return answer
    with transaction.atomic():
        actions.opened(token)
        actions.skip(key=key)
    return go(_next_url(token, _before(), after=key))
