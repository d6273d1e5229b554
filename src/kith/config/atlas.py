"""`docs/map.md`: what an import graph cannot show, every fact with its listeners and every shelf with its contents."""

from pathlib import Path

from kith.access.apitokens import scopes as _scopes  # noqa: F401  (a shelf that only the API and the command line open)
from kith.config import urls as _urls  # noqa: F401  (facts that only screens publish)
from kith.config.environment import REPOSITORY
from kith.kernel.facts import FACTS, LISTENERS
from kith.kernel.registries import SHELVES

PATH: Path = REPOSITORY / "docs" / "map.md"
_OWN = {"kernel.facts", "kernel.listeners"}
_FLOORS = {path.name for path in (REPOSITORY / "src" / "kith").iterdir() if path.is_dir()}


def _facts() -> list[str]:
    heard: dict[str, list[str]] = {}
    for listener in LISTENERS:
        heard.setdefault(listener.fact, []).append(listener.name)
    return [f"| `{name}` | {', '.join(f'`{each}`' for each in heard.get(name, [])) or '—'} |" for name in FACTS.names()]


def _shelves() -> list[str]:
    lines = []
    for name in sorted(SHELVES):
        if name not in _OWN and name.split(".")[0] in _FLOORS:
            things = ", ".join(f"`{thing}`" for thing in SHELVES[name].names())
            lines.append(f"| `{name}` | {things or '—'} |")
    return lines


def text() -> str:
    """Return the map as it is now; the same shelves give the same text."""
    return "\n".join(
        [
            "# The map",
            "",
            "Written by `kith map`; a test keeps it fresh. Facts go up, later; shelves are asked, now.",
            "",
            "## Facts and who listens",
            "",
            "| fact | listeners |",
            "|---|---|",
            *_facts(),
            "",
            "## Shelves and what stands on them",
            "",
            "| shelf | things |",
            "|---|---|",
            *_shelves(),
            "",
        ]
    )
