"""`kith routes`: every route, who may open it, and the kind of thing its address names."""

import json

from kith.access.routes import Route, all_routes
from kith.config.cli.options import AsJson


def routes(*, as_json: AsJson = False) -> None:
    """List every route: path, methods, who may, and the object it guards."""
    found = all_routes()
    if as_json:
        print(json.dumps([_row(route) for route in found], indent=1, ensure_ascii=False))
        return
    for route in found:
        row = _row(route)
        print(
            f"{'|'.join(route.methods):<12} {route.path}  [{row['policy']}]{f' {route.guards}' if route.guards else ''}"
        )


def _row(route: Route) -> dict[str, object]:
    policy = route.policy
    return {
        "path": route.path,
        "methods": list(route.methods),
        "policy": policy.name if policy else None,
        "who": str(policy.sentence) if policy else "",
        "guards": route.guards,
        "name": route.name,
        "csrf_exempt": route.csrf_exempt,
    }
