"""`kith backup`: database and files in one tar."""

from pathlib import Path
from typing import Annotated

import typer

from kith.config.cli.options import Home, use_home
from kith.config.ground import copies
from kith.kernel import clock


def backup(
    file: Annotated[Path, typer.Argument(help="The tar to write; it must not exist yet.")], *, home: Home = None
) -> None:
    """Write database, files and secret key to one tar, while Kith runs or rests. It holds everything: keep it safe."""
    use_home(home)
    size = copies.backup(to=file.resolve(), at=clock.now())
    print(f"{file}: {size / 1_000_000:.1f} MB")
