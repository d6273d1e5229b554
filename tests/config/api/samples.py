"""Bodies that each command takes: good ones, made up from the description itself."""

from typing import Any

from kith.config.api import api
from kith.config.api_schema import schema_of

_UUID = "00000000-0000-4000-8000-000000000007"
_GIVEN: dict[str, Any] = {
    "rule": {"everyone": True},
    "seen": "0" * 64,
    "name": {"en": "x"},
    "title": {"en": "x"},
    "body": {"en": "x"},
}


def _resolved(part: dict[str, Any]) -> dict[str, Any]:
    name = part.get("$ref", "").rpartition("/")[2]
    return schema_of(api)["components"]["schemas"][name] if name else part  # type: ignore[no-any-return]


def _value(name: str, part: dict[str, Any]) -> Any:
    whole = _resolved(part)
    if name in _GIVEN and whole.get("type") == "object":
        return _GIVEN[name]
    if "anyOf" in whole:
        return _value(name, whole["anyOf"][0])
    if "enum" in whole:
        return whole["enum"][0]
    if whole.get("format") == "uuid":
        return _UUID
    kind = whole.get("type")
    if kind == "string":
        return "0" * max(1, whole.get("minLength", 1))
    return {"integer": 1, "boolean": True, "array": [], "object": {}}.get(str(kind), "1")


def body_of(method: str, path: str) -> dict[str, Any] | None:
    """Return a body with every field that an operation at a route's path needs; None where it takes none."""
    described = path
    for kind in ("uuidstr:", "uuid:", "slug:", "int:"):
        described = described.replace(f"<{kind}", "{")
    described = described.replace(">", "}")
    operation = schema_of(api)["paths"][described][method.lower()]
    part = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if part is None:
        return None
    whole = _resolved(part)
    return {name: _value(name, whole["properties"][name]) for name in whole.get("required", ())}
