"""What all operations of the API have in common: what is refused before one runs, ETags, limits told, HEAD."""

import functools
import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.operation import Operation

from kith.access.endpoints import limits
from kith.access.operations import operations_of
from kith.kernel.refusals import BadInput, Refusal
from kith.portal.shell.problems import problem

View = Callable[..., HttpResponseBase]
OK, NOT_ALLOWED = 200, 405
JSON = "application/json"
_ASKED = "kith.operation"


def each_once(patterns: "Sequence[URLPattern | URLResolver]") -> "list[URLPattern | URLResolver]":
    """Return the patterns without the repetitions that ninja makes of a path with several methods, views wrapped."""
    found: dict[str, URLPattern | URLResolver] = {}
    for pattern in patterns:
        if str(pattern.pattern) not in found:
            found[str(pattern.pattern)] = pattern
            if isinstance(pattern, URLPattern) and operations_of(pattern.callback):
                pattern.callback = _answering(pattern.callback, operations_of(pattern.callback))
    return list(found.values())


def _answering(view: View, operations: Sequence[Operation]) -> View:
    @functools.wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = _refused(request, operations) or view(request, *args, **kwargs)
        limits.tell(request, response)
        patch_vary_headers(response, ("Authorization", "Accept-Language"))
        if request.method == "GET" and response.status_code == OK and isinstance(response, HttpResponse):
            response = _tagged(request, response)
        else:
            response.headers.setdefault("Cache-Control", "no-store")
        if is_head and isinstance(response, HttpResponse):
            request.method, response["Content-Length"], response.content = "HEAD", str(len(response.content)), b""
        return response

    return answered


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give an answer its ETag; 304 to a program that has it already."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    found = get_conditional_response(request, etag=etag, response=response)
    if found is not None and found is not response:
        limits.tell(request, found)
    return found or response


def _refused(request: HttpRequest, operations: Sequence[Operation]) -> HttpResponse | None:
    """Return why a request is refused before anybody looks who asks: its method, its address."""
    operation = next((each for each in operations if request.method in each.methods), None)
    if operation is None:
        allowed = sorted({method for each in operations for method in each.methods})
        response = problem(NOT_ALLOWED, _("Here you may use: %s.") % ", ".join(allowed))
        response["Allow"] = ", ".join([*allowed, "HEAD"] if "GET" in allowed else allowed)
        return response
    if "\0" in request.path:
        return problem(404, _("There is nothing at this address."))
    request.META[_ASKED] = operation
    return None


class Api(NinjaAPI):
    """Ninja's API, which looks at parameters and the kind of body once it knows who asks, before it reads them."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """Begin an answer; refuse what the operation does not know."""
        check(request, request.META[_ASKED])
        return super().create_temporal_response(request)


def check(request: HttpRequest, operation: Operation) -> None:
    """Refuse a parameter that an operation does not know (400) and a body that is no JSON (415)."""
    known = _names(operation)
    if strange := sorted(set(request.GET) - known):
        sentence = _("There is no parameter “%(name)s” here. Known: %(known)s.")
        shown = {"name": strange[0][:60], "known": ", ".join(sorted(known)) or "–"}
        raise BadInput(sentence % shown, field=strange[0][:60])
    if takes_body(operation) and request.body and request.content_type != JSON:
        raise Refusal(_("Send the body as application/json."), status=415)


@functools.cache
def _names(operation: Operation) -> frozenset[str]:
    """Return the parameters that an operation knows in its address."""
    models = [model for model in operation.models if model.__ninja_param_source__ == "query"]
    return frozenset(name for model in models for name in vars(model).get("__ninja_flatten_map__", {}))


@functools.cache
def takes_body(operation: Operation) -> bool:
    """Whether an operation reads a body."""
    return any(model.__ninja_param_source__ == "body" for model in operation.models)
