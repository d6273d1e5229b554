"""The API in OpenAPI 3.1: what ninja finds in the operations, and what holds for all of them."""

import copy
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from ninja import NinjaAPI

METHODS = ("get", "post", "put", "patch", "delete")
PROBLEM = "application/problem+json"
REASONS = {
    "400": "The address, a header or the JSON is wrong.",
    "401": "No valid token.",
    "403": "The token or its person may not.",
    "404": "No such thing, or not for this person.",
    "405": "Another method is wanted.",
    "409": "Refused as things stand; the sentence says why and what would be right.",
    "413": "The body is too large.",
    "415": "The body is not application/json.",
    "422": "A field is wrong, or the Idempotency-Key was used for something else.",
    "429": "Too many requests; Retry-After says in how many seconds to go on.",
}
WITH_BODY = ("409", "413", "415")
PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457 problem details.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One sentence, in the language asked for."},
        "field": {"type": "string", "description": "The input at fault."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
DESCRIPTION = (
    "Orders, notices, requests, facts: what people do here, for programs. A token speaks for a person and may never do "
    "more than that person; make one with `kith person token`. Lists come in pages (`next` is the cursor of the "
    "following one). What is refused is told as problem details (RFC 9457). A POST that moves money, goods or messages "
    "brings an Idempotency-Key. Answers carry an ETag and the rate limit. Additions come without notice; nothing here "
    "changes or goes away within version 1."
)
HEADERS: dict[str, Any] = {
    "ETag": {"description": "Send it as If-None-Match: 304 while nothing changed.", "schema": {"type": "string"}},
    "RateLimit": {"description": "Requests left in this minute.", "schema": {"type": "string"}},
    "RateLimit-Policy": {"description": "Requests a minute.", "schema": {"type": "string"}},
}


@cache
def schema_of(api: NinjaAPI) -> Mapping[str, Any]:
    """Return the whole description; made once a process, not to be changed."""
    found: dict[str, Any] = copy.deepcopy(dict(api.get_openapi_schema(path_prefix="/api/v1/")))
    found["info"] |= {"description": DESCRIPTION, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}
    found["servers"] = [{"url": settings.KITH_URL}]
    components = found["components"]
    components["schemas"]["Problem"] = PROBLEM_SCHEMA
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "Authorization: Bearer kith_…"}
    }
    components["responses"] = {f"Problem{status}": _refusal(status) for status in REASONS}
    scopes = _scopes(api)
    for methods in found["paths"].values():
        for method in METHODS:
            if method in methods:
                _complete(methods[method], scope=scopes[methods[method]["operationId"]])
    return found


def _refusal(status: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "description": REASONS[status],
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status == "429":
        made["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return made


def _scopes(api: NinjaAPI) -> dict[str, str]:
    """Return the scope that each operation asks for, by its id."""
    return {
        api.get_openapi_operation_id(operation): str(vars(operation.auth_callbacks[0])["scope"])
        for bound in api._get_bound_routers()  # noqa: SLF001  (ninja's own schema reads them so)
        for view in bound.path_operations.values()
        for operation in view.operations
    }


def _complete(operation: dict[str, Any], *, scope: str) -> None:
    """Add to an operation what holds for all: its scope, its refusals, the headers of its answers."""
    operation["security"] = [{"token": [scope]}]
    keyed = any(each["name"] == "Idempotency-Key" for each in operation["parameters"])
    refusals = ["400", "401", "403", "404", "405", "422", "429"]
    if "requestBody" in operation or keyed or scope == "write":
        refusals += WITH_BODY
    for answer in operation["responses"].values():
        answer["headers"] = HEADERS
    responses = {str(status): answer for status, answer in operation["responses"].items()}
    for status in sorted(refusals):
        responses.setdefault(status, {"$ref": f"#/components/responses/Problem{status}"})
        if PROBLEM not in str(responses[status]) and status.startswith("4"):
            responses[status] = {"$ref": f"#/components/responses/Problem{status}"}
    operation["responses"] = responses
