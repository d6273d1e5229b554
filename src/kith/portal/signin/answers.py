"""What the screens of signing in share: where to go next, and refusals shown in the form they belong to."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from kith.access.requests import Request
from kith.kernel.refusals import Refusal
from kith.portal.shell.render import page

UNPROCESSABLE = 422


def next_path(request: Request) -> str:
    """Return the path of ours to go to after signing in; "/" for anything else, so nobody is led away."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if safe and not wanted.startswith(("/sign-", "/kiosk/")) else "/"


def go(path: str) -> HttpResponse:
    """Redirect after a POST."""
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response


def form_page(
    request: Request,
    template: str,
    form: forms.Form,
    context: Mapping[str, Any],
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Return the page with its form: fresh, or with what is wrong (422, or the refusal's status and wait)."""
    if refusal is not None:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    status = 200
    if form.is_bound:
        status = refusal.status if refusal is not None and refusal.status in {429, 503} else UNPROCESSABLE
    response = page(request, template, {"form": form, **context}, status=status)
    if wait := vars(refusal).get("retry_after", 1 if status == 503 else None) if refusal else None:  # noqa: PLR2004
        response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store, private"
    return response
