"""Two middlewares of the frame: the reader's language and zone, and refusals turned into answers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from kith.kernel.languages import tag
from kith.kernel.refusals import NotFound, Refusal
from kith.portal.shell.current import answering
from kith.portal.shell.frame import identity
from kith.portal.shell.languages import language_for, zone_for
from kith.portal.shell.problems import refused

GetResponse = Callable[[HttpRequest], HttpResponse]


def _session_words(request: HttpRequest) -> dict[str, str]:
    """Return the person's language and zone as the session keeps them; nothing without a session."""
    session = getattr(request, "session", None)
    if session is None:
        return {}
    found = {name: session.get(name) for name in ("language", "zone")}
    return {name: value for name, value in found.items() if isinstance(value, str)}


class LanguageMiddleware:
    """Answers each request in the reader's language and time zone, and says so in the headers."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate language and zone for this request only."""
        session = _session_words(request)
        language = language_for(request, session)
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(zone_for(session)), answering(request):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", tag(language))
        if not response.get("Content-Type", "").startswith("application/"):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


class RefusalMiddleware:
    """Turns a `Refusal` that a view raises into the page, message or problem its reader can use.

    What lies behind a room that the organization does not use is answered as such, before any view.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; refusals arrive in `process_exception`."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Answer what lies in a closed room."""
        if request.path.startswith(identity().closed_paths or "\0"):
            closed = _("This room is closed here. Nothing in it is lost; an administrator can open it again.")
            return refused(request, NotFound(closed))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave everything else to Django."""
        return refused(request, exception) if isinstance(exception, Refusal) else None
