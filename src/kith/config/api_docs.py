"""The API described: as OpenAPI for programs, as a page of the frame for people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kith.access.policies import allow, anyone
from kith.config.api_schema import METHODS
from kith.portal.shell.render import page

Make = Callable[[], Mapping[str, Any]]


@allow(anyone)
@require_safe
@cache_control(public=True, max_age=300)
def schema(_request: HttpRequest, make: Make) -> HttpResponse:
    """Serve the description for programs."""
    return JsonResponse(make())


@dataclass(frozen=True)
class Field:
    """One input or output: its name, kind in a word, and what it is."""

    name: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True)
class Described:
    """One operation in words."""

    id: str
    method: str
    path: str
    summary: str
    words: str
    scope: str
    inputs: list[Field]
    outputs: list[Field]


@allow(anyone)
@require_safe
def docs(request: HttpRequest, make: Make) -> HttpResponse:
    """Show the description to people: every operation by its topic, with inputs and outputs."""
    return page(request, "config/api/docs.html", {"topics": topics_in(make())})


def topics_in(found: Mapping[str, Any]) -> list[tuple[str, list[Described]]]:
    """Return the operations by topic, in the order of their names."""
    topics: dict[str, list[Described]] = {}
    for path, methods in sorted(found["paths"].items()):
        for method in METHODS:
            if method in methods:
                operation = methods[method]
                topics.setdefault(operation["tags"][0], []).append(_described(found, path, method, operation))
    return sorted(topics.items())


def _described(found: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]) -> Described:
    given = [
        Field(each["name"], _kind(each["schema"]), each["required"], each.get("description", ""))
        for each in operation["parameters"]
    ]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    good: Mapping[str, Any] = next(
        (answer for status, answer in operation["responses"].items() if status.startswith("2")), {}
    )
    said = good.get("content", {}).get("application/json", {}).get("schema", {})
    return Described(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        words=operation.get("description", "").replace("`", ""),
        scope=operation["security"][0]["token"][0],
        inputs=[*given, *_fields(found, body)],
        outputs=_fields(found, said),
    )


def _resolved(found: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    name = part.get("$ref", "").rpartition("/")[2]
    return found["components"]["schemas"][name] if name else part


def _fields(found: Mapping[str, Any], part: Mapping[str, Any], *, prefix: str = "") -> list[Field]:
    """Return the fields of an object, those of the objects in its lists below it."""
    whole = _resolved(found, part)
    fields: list[Field] = []
    for name, inner in whole.get("properties", {}).items():
        full = f"{prefix}{name}"
        fields.append(Field(full, _kind(inner), name in whole.get("required", ()), inner.get("description", "")))
        rows = inner.get("items", {})
        if "$ref" in rows and prefix.count(".") < 1:
            fields += _fields(found, rows, prefix=f"{full}[].")
    return fields


def _kind(part: Mapping[str, Any]) -> str:
    """Return in a word what a value is."""
    if "$ref" in part:
        return str(part["$ref"].rpartition("/")[2])
    if "anyOf" in part:
        return " | ".join(_kind(each) for each in part["anyOf"])
    if "enum" in part:
        return " | ".join(str(value) for value in part["enum"])
    if part.get("type") == "array":
        return f"{_kind(part.get('items', {}))}[]"
    return str(part.get("format") or part.get("type") or "JSON")
