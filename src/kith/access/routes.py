"""Every route there is: its path, methods, policy and the kind of thing its address names."""

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from kith.access.operations import operations_of
from kith.access.policies import Policy


@dataclass(frozen=True)
class Route:
    """One route. `policy` is None where somebody forgot it; `guards` is "" where the address names nothing.

    `csrf_exempt` routes take no cookie's word for unsafe methods.
    """

    path: str
    methods: tuple[str, ...]
    policy: Policy | None
    guards: str
    name: str
    csrf_exempt: bool = False


def all_routes() -> list[Route]:
    """Return every route of the address book, sorted by path; the API's operations one by one."""
    return sorted(_walk(get_resolver().url_patterns, "/", ""), key=lambda route: (route.path, route.methods))


def without_policy() -> list[Route]:
    """Return the routes that nobody gave a policy."""
    return [route for route in all_routes() if route.policy is None]


def require_policies() -> None:
    """Refuse to start with a route that nobody gave a policy."""
    if forgotten := without_policy():
        paths = ", ".join(route.path for route in forgotten)
        message = f"These routes have no policy, put @allow(…) on their views: {paths}"
        raise ImproperlyConfigured(message)


def has_policy(view: Callable[..., Any]) -> bool:
    """Say whether a view, or every operation of an API's path, carries a policy."""
    if operations := operations_of(view):
        return all("policy" in vars(operation.view_func) for operation in operations)
    return "policy" in vars(view)


def _walk(patterns: Sequence[URLPattern | URLResolver], prefix: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, path, inner)
        else:
            yield from _routes_of(pattern, path, namespace)


def _routes_of(pattern: URLPattern, path: str, namespace: str) -> Iterator[Route]:
    view = pattern.callback
    name = f"{namespace}{pattern.name}" if pattern.name else ""
    exempt = bool(vars(view).get("csrf_exempt", False))
    for operation in operations_of(view):
        marks = vars(operation.view_func)
        yield Route(
            path, tuple(operation.methods), marks.get("policy"), marks.get("guards", ""), name, csrf_exempt=exempt
        )
    if not operations_of(view):
        marks = vars(view)
        yield Route(path, methods_of(view), marks.get("policy"), marks.get("guards", ""), name, csrf_exempt=exempt)


def methods_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """Return the methods a view answers: a class's own, those of Django's `require_…`, else GET and POST."""
    if view_class := vars(view).get("view_class"):
        known = [method for method in view_class.http_method_names if method not in {"options", "trace", "head"}]
        return tuple(method.upper() for method in known if hasattr(view_class, method))
    inner: Any = view
    while inner is not None:
        if inspect.isfunction(inner) and "request_method_list" in inner.__code__.co_freevars:
            listed = inspect.getclosurevars(inner).nonlocals["request_method_list"]
            return tuple(method for method in listed if method != "HEAD")
        inner = vars(inner).get("__wrapped__") if hasattr(inner, "__dict__") else None
    return ("GET", "POST")
