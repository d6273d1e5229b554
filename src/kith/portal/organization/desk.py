"""Administration of the organization: name, languages, place, logo, and which rooms are in use."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.access.policies import allow, anyone
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.people.organizations.queries import company
from kith.portal.organization import actions, queries
from kith.portal.organization.answers import administrators, saved_or_refused, starter_sets
from kith.portal.organization.capabilities import CAPABILITIES
from kith.portal.organization.inputs import LanguagesForm, LogoForm, NameForm, PlaceForm, RoomsForm
from kith.portal.shell.render import page
from kith.portal.signin.answers import UNPROCESSABLE, go

YEAR = 365 * 24 * 3600
SHOWN = 20
Saving = Callable[[Any, int], object]


def _save_name(form: NameForm, by_id: int) -> object:
    return actions.rename(name=form.cleaned_data["name"], at=clock.now(), by_id=by_id)


def _save_languages(form: LanguagesForm, by_id: int) -> object:
    said = form.cleaned_data
    return actions.offer_languages(languages=said["languages"], first=said["first"], at=clock.now(), by_id=by_id)


def _save_place(form: PlaceForm, by_id: int) -> object:
    said = form.cleaned_data
    return actions.settle(country=said["country"], zone=said["zone"], at=clock.now(), by_id=by_id)


def _save_logo(form: LogoForm, by_id: int) -> object:
    return actions.take_logo(data=form.data_of(), at=clock.now(), by_id=by_id)


_PARTS: dict[str, tuple[type[forms.Form], Saving]] = {
    "name": (NameForm, _save_name),
    "languages": (LanguagesForm, _save_languages),
    "place": (PlaceForm, _save_place),
    "logo": (LogoForm, _save_logo),
}


def _initial() -> dict[str, dict[str, Any]]:
    ours, version = company(), queries.newest()
    offered = list(version.languages) if version else []
    return {
        "name": {"name": ours.name if ours else ""},
        "languages": {"languages": offered or ["en", "vi", "zh-Hans"], "first": offered[0] if offered else "en"},
        "place": {"country": ours.country if ours else "", "zone": version.zone if version else ""},
        "logo": {},
    }


@allow(administrators)
@require_http_methods(["GET", "HEAD", "POST"])
def organization(request: PersonRequest) -> HttpResponse:
    """Show and change who the organization is; each part is saved by itself."""
    part = request.POST.get("part", "")
    initial = _initial()
    made = {
        name: form(request.POST, request.FILES) if name == part else form(initial=initial[name])
        for name, (form, _save) in _PARTS.items()
    }
    if request.method == "POST" and part == "no-logo":
        actions.drop_logo(at=clock.now(), by_id=request.person.pk)
        return _saved(request, "/admin/organization/")
    if part in made and saved_or_refused(made[part], lambda form: _PARTS[part][1](form, request.person.pk)):
        return _saved(request, "/admin/organization/")
    versions = list(queries.history()[:SHOWN])
    context = {
        "forms": made,
        "logo": (version := queries.newest()) and version.logo,
        "versions": versions,
        "names": queries.names_of(versions),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return page(request, "portal/organization/organization.html", context, status=status)


def _saved(request: HttpRequest, path: str) -> HttpResponse:
    messages.success(request, _("Saved. Every page shows it within a minute."))
    return go(path)


@allow(administrators)
@require_http_methods(["GET", "HEAD", "POST"])
def rooms(request: PersonRequest) -> HttpResponse:
    """Show and change which capabilities are in use."""
    version = queries.newest()
    closed = set(version.closed) if version else set()
    form = RoomsForm(initial={"open": [code for code in CAPABILITIES.names() if code not in closed]})
    if request.method == "POST":
        at, by_id = clock.now(), request.person.pk
        if chosen := request.POST.get("set", ""):
            actions.begin_as(starter_set=chosen, at=at, by_id=by_id)
            return _saved(request, "/admin/organization/rooms/")
        form = RoomsForm(request.POST)
        if saved_or_refused(
            form, lambda made: actions.use_capabilities(open_ones=made.cleaned_data["open"], at=at, by_id=by_id)
        ):
            return _saved(request, "/admin/organization/rooms/")
    context = {"form": form, "capabilities": CAPABILITIES.items(), "closed": closed, "sets": starter_sets()}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return page(request, "portal/organization/rooms.html", context, status=status)


@allow(anyone)
@require_GET
def logo(_request: HttpRequest, sha256: str) -> HttpResponse:
    """Serve a logo; its address is its digest, so it may be kept for ever."""
    found = queries.logo_bytes(sha256=sha256)
    if found is None:
        raise NotFound(_("There is no such logo."))
    keep = {"Cache-Control": f"public, max-age={YEAR}, immutable"}
    return HttpResponse(found, content_type="image/png", headers=keep)
