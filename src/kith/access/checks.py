"""System checks of access."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from kith.access.routes import without_policy


@register("access")
def every_route_has_a_policy(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """Fail on a route without a policy: nothing is open by forgetting."""
    del app_configs
    return [
        Error(
            f"The route {route.path} ({', '.join(route.methods)}) has no policy.",
            hint="Put @allow(policy) on its view, or allow_patterns(policy, patterns) on a library's routes.",
            id="access.E001",
        )
        for route in without_policy()
    ]
