"""Addresses of the frame itself: its stylesheet, what makes it installable, the bell, choices kept in the browser."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from kith.access.policies import allow, anyone, has_role, signed_in
from kith.access.requests import PersonRequest, Request
from kith.kernel.languages import tag
from kith.portal.shell.frame import THEME_COOKIE, THEMES, bare, build, identity
from kith.portal.shell.languages import supported
from kith.portal.shell.render import fragment, framed, page
from kith.portal.shell.styleguide import example
from kith.portal.shell.theme import Tokens, palette
from kith.portal.shell.theme import theme_css as css_of

BUILD = Path(__file__).resolve().parents[1] / "static" / "build"
ASSETS = (
    "build/kith.css",
    "build/kith.js",
    "build/htmx.min.js",
    "fonts/be-vietnam-pro-latin-400.woff2",
    "fonts/be-vietnam-pro-vietnamese-400.woff2",
)
YEAR = 365 * 24 * 3600


@allow(anyone)
@require_GET
def theme_css(_request: HttpRequest) -> HttpResponse:
    """Serve the organization's theme; its address carries a version, so it may be kept for a year."""
    css = css_of(identity().tokens or Tokens())
    return HttpResponse(css, content_type="text/css", headers={"Cache-Control": f"public, max-age={YEAR}"})


@allow(anyone)
@require_GET
def manifest(_request: HttpRequest) -> HttpResponse:
    """Serve the web app manifest: what a phone needs to install Kith."""
    who = identity()
    colours = palette(who.tokens or Tokens(), "light")
    body = {
        "id": "/",
        "name": who.name,
        "short_name": who.name[:20],
        "lang": tag(get_language() or "en"),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": colours["ground"],
        "theme_color": colours["ground"],
        "icons": [
            {"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("mark-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any maskable"},
            {"src": static("mark-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


@allow(anyone)
@require_GET
def service_worker(_request: HttpRequest) -> HttpResponse:
    """Serve the service worker at the root, with the hashed names of the assets it keeps."""
    assets = [static(name) for name in ASSETS]
    version = hashlib.sha256("".join([*assets, get_language() or "en"]).encode()).hexdigest()[:12]
    known = json.dumps({"version": version, "assets": assets, "offline": "/offline/"})
    body = f"self.kith={known};\n{(BUILD / 'worker.js').read_text()}"
    return HttpResponse(body, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@allow(anyone)
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """Serve the page the service worker shows without a network; the same for everybody."""
    return framed(request, "portal/offline.html", {}, frame=bare(request))


@allow(has_role("administrator"))
@require_GET
def style_guide(request: Request) -> HttpResponse:
    """Show every component with made-up values."""
    return page(request, "portal/styleguide.html", example())


@allow(signed_in)
@require_GET
def bell(request: PersonRequest) -> HttpResponse:
    """Serve the bell alone, with its count and the words for the live region."""
    return fragment(request, "portal/bell.html", "bell", {"frame": build(request)})


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Return to the page the form names, if it is one of ours."""
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None, require_https=False)
    return HttpResponseRedirect(target if safe else "/", status=303)


def _keep(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice in the browser for a year."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)


@allow(anyone)
@require_POST
def choose_language(request: Request) -> HttpResponse:
    """Keep the language chosen in this browser; one we do not have changes nothing."""
    answer = _back(request)
    if found := supported(request.POST.get("language", "")):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, found)
    return answer


@allow(anyone)
@require_POST
def choose_theme(request: Request) -> HttpResponse:
    """Keep light, dark or as the device; another word changes nothing."""
    answer = _back(request)
    if (chosen := request.POST.get("theme", "")) in THEMES:
        _keep(answer, THEME_COOKIE, chosen)
    return answer
