"""The answer no, in the form its reader can use: a page, a message in place, or problem details (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import cast
from urllib.parse import urlsplit

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from kith.access.requests import Request
from kith.kernel.refusals import Refusal
from kith.portal.shell.frame import Frame, bare, build
from kith.portal.shell.render import fragment, framed, page

API_PATHS = ("/api/", "/scim/")
TEMPLATE = "portal/errors/refused.html"


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks, not a person."""
    return request.path.startswith(API_PATHS)


def problem(status: int, detail: str, *, field: str = "") -> JsonResponse:
    """Return problem details; `field` names the input at fault as an extension member."""
    return problem_with(status, detail, field=field)


def problem_with(
    status: int, detail: str, *, field: str = "", errors: Sequence[Mapping[str, str]] = ()
) -> JsonResponse:
    """Return problem details; `errors` lists every field at fault, each with its sentence, as an extension member."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if field:
        body["field"] = field
    if errors:
        body["errors"] = list(errors)
    return JsonResponse(body, status=status, content_type="application/problem+json")


def heading(status: int) -> str:
    """Return what happened, in one short sentence a person reads first."""
    return {
        400: _("Something in this request is not right"),
        403: _("This is not open to you"),
        404: _("There is nothing at this address"),
        413: _("That is too large"),
        429: _("Too many tries"),
        500: _("Something went wrong on our side"),
    }.get(status, _("This could not be done"))


def _came_from(request: HttpRequest) -> str:
    """Return the path of the page the person came from, if it was one of ours; else home."""
    referrer = urlsplit(request.headers.get("Referer", ""))
    if referrer.netloc != request.get_host() or not referrer.path or referrer.path == request.path:
        return "/"
    return f"{referrer.path}?{referrer.query}" if referrer.query else referrer.path


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the answer to a refusal, with its sentence and status.

    An htmx request gets the sentence alone, put into the frame's own place for it: what the person was
    looking at, and all they typed, stays as it was.
    """
    if is_api(request):
        return problem(refusal.status, refusal.sentence, field=refusal.field)
    context = {"heading": heading(refusal.status), "sentence": refusal.sentence, "back_url": _came_from(request)}
    if request.headers.get("HX-Request"):
        return _in_place(request, context, refusal.status)
    return page(request, TEMPLATE, context, status=refusal.status)


def _in_place(request: HttpRequest, context: dict[str, str], status: int) -> HttpResponse:
    answer = fragment(request, TEMPLATE, "place", context, status=status)
    answer["HX-Retarget"] = "#refusal"
    answer["HX-Reswap"] = "innerHTML"
    return answer


def _frame(request: HttpRequest, status: int) -> Frame:
    """Return the whole frame where it can be had, so that nobody is lost on an error page; else the bare one."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or not hasattr(request, "person"):
        return bare(request)
    try:
        return build(cast("Request", request))
    except DatabaseError:
        return bare(request)


def error_page(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Return a full error page (or problem details). It stands without a person and without the database."""
    if is_api(request):
        return problem(status, sentence)
    context = {"heading": heading(status), "sentence": sentence, "back_url": "/"}
    if request.headers.get("HX-Request"):
        return _in_place(request, context, status)
    return framed(request, TEMPLATE, context, frame=_frame(request, status), status=status)
