"""Django's error handlers: full pages in the bare frame, problem details for programs."""

import logging

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.utils.translation import gettext as _

from kith.portal.shell.problems import error_page

_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_LAST_WORD = (
    "<!doctype html><html lang=en><title>Kith</title><h1>Something went wrong on our side</h1>"
    "<p>Nothing was changed. Please try again in a minute."
)

log = logging.getLogger("kith.portal")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where the request was larger than we take."""
    if isinstance(exception, _TOO_MUCH):
        return error_page(
            request, 413, _("What you sent is larger than we take. Nothing was changed: send less at a time.")
        )
    return error_page(request, 400, _("We could not read what was sent. Nothing was changed: go back and try again."))


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  (Django hands it in)
    """403."""
    return error_page(request, 403, _("You may not open this page. If you think you should, ask your administrator."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  (Django hands it in)
    """404: the same for what does not exist and for what the person may not know of."""
    return error_page(
        request, 404, _("The page may have moved, or the address has a typing mistake. The search finds it.")
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  (said to no attacker)
    """403 for a form whose token is missing or old."""
    return error_page(
        request,
        403,
        _("This form was open too long or came from another site. Nothing was changed: load the page again."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: shown even when neither database nor templates work."""
    try:
        return error_page(request, 500, _("Nothing you sent was half done. Please try again in a minute."))
    except Exception:
        log.exception("The error page itself failed.")
        return HttpResponseServerError(_LAST_WORD)
