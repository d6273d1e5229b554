"""A library's policy for its own routes never hides those of the operations."""

from typing import Any

from ninja import NinjaAPI

from kith.access.operations import operations_of
from kith.access.policies import allow, allow_patterns, anyone, has_role
from kith.access.routes import has_policy

api = NinjaAPI(openapi_url=None, docs_url=None, urls_namespace="operations")


@api.get("/guarded")
@allow(has_role("hr"))
def guarded(request: Any) -> str:
    return "inside"


@api.get("/forgotten")
def forgotten(request: Any) -> str:
    return "open by forgetting"


def test_operations_keep_their_own_policy_and_forgotten_ones_stay_forgotten() -> None:
    patterns = {str(pattern.pattern): pattern.callback for pattern in allow_patterns(anyone, api.urls[0])}
    assert [operation.view_func.policy.name for operation in operations_of(patterns["guarded"])] == ["role:hr"]
    assert has_policy(patterns["guarded"])
    assert not has_policy(patterns["forgotten"])
    assert vars(patterns[""])["policy"] is anyone
