"""Policies: who may open a route. Every view carries one, `@allow(policy)`; a route without one does not start."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRedirect
from django_stubs_ext import StrOrPromise

from kith.access.operations import operations_of
from kith.access.requests import Request
from kith.kernel.refusals import NotAllowed

V = TypeVar("V", bound=Callable[..., Any])
API_PATHS = ("/api/", "/scim/")


@dataclass(frozen=True)
class Policy:
    """Who may: a name for lists, a sentence for people, and the answer for a request.

    `after_sign_in`: signing in may help, so a visitor is sent there; otherwise a visitor is refused at once.
    """

    name: str
    sentence: StrOrPromise
    allows: Callable[[Request], bool]
    after_sign_in: bool = True


anyone = Policy("anyone", gettext_lazy("Everyone, signed in or not."), lambda _request: True)
signed_in = Policy("signed_in", gettext_lazy("Everyone who is signed in."), lambda request: request.person is not None)
employee = Policy(
    "employee", gettext_lazy("Employees."), lambda request: request.person is not None and request.employed
)
manager = Policy("manager", gettext_lazy("Managers."), lambda request: request.person is not None and request.manages)
kiosk = Policy(
    "kiosk",
    gettext_lazy("Everyone at a registered kiosk."),
    lambda request: request.kiosk is not None,
    after_sign_in=False,
)


def has_role(*codes: str) -> Policy:
    """Return the policy of those who hold one of the roles `codes` everywhere; no role implies another."""
    wanted = frozenset(codes)
    if not wanted:
        raise ValueError("has_role() needs at least one role.")
    return Policy(
        f"role:{'|'.join(sorted(wanted))}",
        gettext_lazy("People whose role this is."),
        lambda request: request.person is not None and not wanted.isdisjoint(request.roles),
    )


def any_of(*policies: Policy) -> Policy:
    """Return the policy that allows whom one of `policies` allows."""
    return Policy(
        " or ".join(policy.name for policy in policies),
        gettext_lazy("People whose role this is."),
        lambda request: any(policy.allows(request) for policy in policies),
        after_sign_in=any(policy.after_sign_in for policy in policies),
    )


operator = Policy(
    "operator",
    gettext_lazy("Administrators, and programs with a token for operators."),
    lambda request: (
        request.person is not None
        and ("administrator" in request.roles if request.scopes is None else "operate" in request.scopes)
    ),
)


def _next_path(request: Request) -> str:
    """Return where to come back to: this page, or the page an htmx request came from."""
    if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        return request.get_full_path()
    current = urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{current.path or '/'}?{current.query}" if current.query else current.path or "/"


def ask_to_sign_in(request: Request) -> HttpResponse:
    """Return the answer to a visitor who must sign in first: a redirect, htmx's redirect, or a 401 problem."""
    if request.path.startswith(API_PATHS):
        problem = {
            "type": "about:blank",
            "title": _("Not signed in"),
            "status": 401,
            "detail": _("Send a valid token: Authorization: Bearer …"),
        }
        answer = JsonResponse(problem, status=401, content_type="application/problem+json")
        answer["WWW-Authenticate"] = 'Bearer realm="kith"'
        return answer
    target = f"{settings.LOGIN_URL}?{urlencode({'next': _next_path(request)})}"
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(target)
    return HttpResponseRedirect(target)


def turn_away(request: Request, policy: Policy) -> HttpResponse:
    """Answer a request that `policy` does not allow; `NotAllowed` when signing in would not help."""
    if request.person is None and policy.after_sign_in:
        return ask_to_sign_in(request)
    raise NotAllowed(_("You may not open this. Who may: %(who)s") % {"who": policy.sentence})


def allow(policy: Policy, *, guards: str = "") -> Callable[[V], V]:
    """Let only those open a view whom `policy` allows; `guards` is the kind of subject its address names.

    For functions, for `SomeView.as_view()` and for operations of the API. Sets `policy` and `guards` on the view.
    """

    def decorate(view: V) -> V:
        if inspect.isclass(view):
            message = f"@allow goes on {view.__name__}.as_view(), not on the class."
            raise TypeError(message)
        if inspect.iscoroutinefunction(view):
            message = f"{view.__name__} is asynchronous; views here run in threads."
            raise TypeError(message)

        @functools.wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> Any:
            if not policy.allows(request):
                return turn_away(request, policy)
            return view(request, *args, **kwargs)

        vars(guarded).update(policy=policy, guards=guards)
        return cast("V", guarded)

    return decorate


def allow_patterns(
    policy: Policy, patterns: "list[URLPattern | URLResolver]", *, guards: str = ""
) -> "list[URLPattern | URLResolver]":
    """Put `policy` on every view of a library's `patterns` that has none yet; return the same list.

    Paths of the API are left alone: their operations carry policies of their own.
    """
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            allow_patterns(policy, pattern.url_patterns, guards=guards)
        elif "policy" not in getattr(pattern.callback, "__dict__", {}) and not operations_of(pattern.callback):
            pattern.callback = cast(
                "Callable[..., HttpResponseBase]", allow(policy, guards=guards)(cast("Any", pattern.callback))
            )
    return patterns
