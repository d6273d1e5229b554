"""Administration of the theme: its form, its preview rendered by the server, its versions."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.access.policies import allow
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.numbers import whole
from kith.kernel.refusals import Refusal
from kith.portal.organization import actions, queries
from kith.portal.organization.actions import FaintTheme
from kith.portal.organization.answers import administrators
from kith.portal.organization.inputs import ThemeForm
from kith.portal.organization.models import Change
from kith.portal.organization.showing import preview_css
from kith.portal.shell.frame import identity
from kith.portal.shell.render import fragment, page
from kith.portal.shell.theme import COLOURS
from kith.portal.signin.answers import UNPROCESSABLE, go

SHOWN = 20
TEMPLATE = "portal/organization/theme.html"


def _preview_url(form: ThemeForm) -> str:
    """Return the address of the preview's stylesheet for what the form holds; "" where a value is none."""
    if form.is_bound and not form.is_valid():
        return ""
    values = form.cleaned_data if form.is_bound else {name: form.fields[name].initial for name in form.fields}

    return f"{reverse('theme-preview-css')}?{urlencode({name: values[name] for name in form.fields})}"


def _context(form: ThemeForm) -> dict[str, object]:
    rows = [(name, form[f"light-{name}"], form[f"dark-{name}"]) for name in COLOURS]
    return {"form": form, "rows": rows, "css_url": _preview_url(form), "organization_name": identity().name}


def _refuse(form: ThemeForm, refusal: Refusal) -> None:
    if isinstance(refusal, FaintTheme):
        for name, sentence in refusal.fields.items():
            form.add_error(name, sentence)
    else:
        form.add_error(None, refusal.sentence)


@allow(administrators)
@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: PersonRequest) -> HttpResponse:
    """Show and change colours, type and corners; a theme whose words could not be read is not saved."""
    version = queries.newest()
    form = ThemeForm(tokens=queries.tokens_of(version))
    status = 200
    if request.method == "POST":
        form, status = ThemeForm(request.POST), UNPROCESSABLE
        if form.is_valid() and request.POST.get("wish") == "preview":
            status = 200
        elif form.is_valid():
            try:
                actions.save_theme(tokens=form.tokens(), at=clock.now(), by_id=request.person.pk)
            except Refusal as refusal:
                css_url = _preview_url(form)
                _refuse(form, refusal)
                return page(request, TEMPLATE, {**_context(form), "css_url": css_url, **_versions()}, status=status)
            messages.success(request, _("Saved. Every page and mail wears it within a minute."))
            return go(reverse("theme"))
    return page(request, TEMPLATE, {**_context(form), **_versions()}, status=status)


def _versions() -> dict[str, object]:
    versions = list(queries.history(changed=Change.THEME)[:SHOWN])
    return {"versions": versions, "names": queries.names_of(versions)}


@allow(administrators)
@require_POST
def restore(request: PersonRequest) -> HttpResponse:
    """Return to the default theme, or to that of an earlier version."""
    at, by_id = clock.now(), request.person.pk
    version = whole(request.POST.get("version", ""), digits=9)
    if version is not None:
        actions.restore_theme(version=version, at=at, by_id=by_id)
    else:
        actions.reset_theme(at=at, by_id=by_id)
    messages.success(request, _("Saved. Every page and mail wears it within a minute."))
    return go(reverse("theme"))


@allow(administrators)
@require_POST
def preview(request: PersonRequest) -> HttpResponse:
    """Render the preview of what stands in the form now, for htmx; nothing is saved."""
    form = ThemeForm(request.POST)
    form.is_valid()
    return fragment(request, "portal/organization/theme_preview.html", "preview", _context(form))


@allow(administrators)
@require_GET
def preview_stylesheet(request: HttpRequest) -> HttpResponse:
    """Serve the stylesheet of the preview's two panels for the values in the address."""
    form = ThemeForm(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest("", content_type="text/css")
    return HttpResponse(preview_css(form.tokens()), content_type="text/css", headers={"Cache-Control": "no-store"})
