"""Pages and fragments: what every view answers with."""

from collections.abc import Mapping
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from jinja2 import Environment
from markupsafe import Markup

from kith.access.requests import Request
from kith.portal.shell import frame as frames
from kith.portal.shell.current import answering


class NoSuchBlockError(LookupError):
    """A view asked for a block its template does not have."""


def environment() -> Environment:
    """Return the environment of our templates."""
    for engine in engines.all():
        if isinstance(engine, Jinja2):
            return engine.env
    message = "No Jinja2 engine is configured."
    raise LookupError(message)


def _with_request(request: HttpRequest, context: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "request": request,
        "csrf_input": csrf_input_lazy(request),
        "csrf_token": csrf_token_lazy(request),
        "notes": get_messages(request),
        **context,
    }


def keep_private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Forbid caches to keep what a signed-in person saw (unless the view said how)."""
    if getattr(request, "person", None) is not None and "Cache-Control" not in response:
        response["Cache-Control"] = "no-store, private"
    return response


def page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Return a whole page inside its frame. `context` must not hold a `frame` of its own."""
    return framed(request, template, context, frame=frames.build(_ours(request)), status=status)


def framed(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, frame: frames.Frame, status: int = 200
) -> HttpResponse:
    """Return a page inside a given frame (error pages use a bare one)."""
    with answering(request):
        text = environment().get_template(template).render(_with_request(request, {**context, "frame": frame}))
    return keep_private(request, HttpResponse(text, status=status))


def fragment(
    request: HttpRequest, template: str, block: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return one block of a template alone, for an htmx request; `NoSuchBlockError` names a missing one."""
    found = environment().get_template(template)
    if block not in found.blocks:
        known = ", ".join(sorted(found.blocks)) or "none"
        message = f"{template} has no block {block!r} (it has {known})."
        raise NoSuchBlockError(message)
    with answering(request):
        inside = found.new_context(_with_request(request, context))
        text = "".join(found.blocks[block](inside))
    return keep_private(request, HttpResponse(text, status=status))


def text_of(template: str, context: Mapping[str, Any]) -> str:
    """Return a rendered template that is no answer to a request: a mail, a bar, a card.

    HTML comes back marked as safe; a `.txt` template is plain text.
    """
    text = environment().get_template(template).render(dict(context))
    return text if template.endswith(".txt") else Markup(text)  # noqa: S704  (an escaping template)


def _ours(request: HttpRequest) -> Request:
    """Return the request as one that knows its person; a visitor where no middleware has said who it is."""
    if not hasattr(request, "person"):
        vars(request).update(person=None, login=None, roles=frozenset(), employed=False, manages=False, kiosk=None)
    return request  # type: ignore[return-value]
