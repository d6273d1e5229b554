"""`kith map`: write `docs/map.md`, or say whether it is fresh."""

from typing import Annotated

import typer

from kith.config import atlas


def map_(*, check: Annotated[bool, typer.Option("--check", help="Only say whether it is fresh.")] = False) -> None:
    """Write every fact with its listeners and every shelf with its contents to docs/map.md."""
    now = atlas.text()
    fresh = atlas.PATH.exists() and atlas.PATH.read_text() == now
    if check:
        print("docs/map.md is fresh." if fresh else "docs/map.md is stale: run `kith map`.")
        raise typer.Exit(0 if fresh else 1)
    atlas.PATH.write_text(now)
    print(f"Written: {atlas.PATH}")
