"""The table of who may open what, made from the policies themselves: `docs/access.md`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from django.utils import translation

from kith.access.apitokens.scopes import SCOPES
from kith.access.grants.roles import ROLES
from kith.access.policies import API_PATHS
from kith.access.requests import Request
from kith.access.routes import Route, all_routes
from kith.config.checking.steps import FOLDER
from kith.config.environment import REPOSITORY
from kith.people.persons.models import Person

PAGE = REPOSITORY / "docs" / "access.md"
FRESH = FOLDER / "access.md"  # where the check lays what the page should be
HEAD = """# Who may open what

Made from the policies. `tests/house/test_matrix.py` keeps it fresh and replays every cell with real people.

`✓` opens the door; what stands behind it still begins at what the person may see, so somebody else's thing is
answered exactly like a missing one. No role implies another. *names* is the kind of thing that the address names.
Under `/api/` a `✓` means: with such a person's own bearer token of every scope.
"""


@dataclass
class Standpoint:
    """Somebody who asks, in the words that policies use. `name` heads the column."""

    name: str
    person: Person | None = None
    roles: frozenset[str] = frozenset()
    employed: bool = False
    manages: bool = False
    scopes: frozenset[str] | None = None
    kiosk: None = None
    META: dict[str, str] = field(default_factory=dict)
    GET: dict[str, str] = field(default_factory=dict)


def standpoints() -> list[Standpoint]:
    """Return everybody who asks: a visitor, an outsider, an employee, a manager, and one employee of each role."""
    someone = Person(pk=0, full_name="Somebody")
    return [
        Standpoint("visitor"),
        Standpoint("outsider", someone),
        Standpoint("employee", someone, employed=True),
        Standpoint("manager", someone, employed=True, manages=True),
        *(Standpoint(role, someone, roles=frozenset({role}), employed=True) for role in sorted(ROLES.names())),
    ]


def may(route: Route, who: Standpoint) -> bool:
    """Say whether the policy of a route lets somebody in; programs come with a token of every scope."""
    if route.path.startswith(API_PATHS) and who.person is not None:
        who = replace(who, scopes=frozenset(SCOPES.names()))
    return route.policy is not None and route.policy.allows(cast("Request", who))


def text(routes: Sequence[Route] | None = None) -> str:
    """Return the page."""
    everybody = standpoints()
    lines = [
        HEAD,
        f"| route | does | names | {' | '.join(who.name for who in everybody)} |",
        f"|---|---|---|{'---|' * len(everybody)}",
    ]
    with translation.override("en"):
        for route in routes if routes is not None else all_routes():
            cells = " | ".join("✓" if may(route, who) else "" for who in everybody)
            lines.append(f"| `{route.path}` | {', '.join(route.methods)} | {route.guards} | {cells} |")
    return "\n".join(lines) + "\n"
