"""`kith restore`: a backup becomes this Kith, muted."""

from pathlib import Path
from typing import Annotated

import typer

from kith.config.cli.options import Home, use_home
from kith.config.ground import copies
from kith.kernel import clock


def restore(
    file: Annotated[Path, typer.Argument(help="A tar that `kith backup` wrote.")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite the organization that is here.")] = False,
    home: Home = None,
) -> None:
    """Put a backup in place. The copy starts muted: nothing is sent until `kith unmute`."""
    use_home(home)
    manifest = copies.restore(source=file.resolve(), replace=replace, at=clock.now())
    print(f"Restored what was backed up at {manifest['made_at']} by Kith {manifest['kith']}.")
    print("It is muted: nothing is sent until `kith unmute`. `kith up` starts it.")
