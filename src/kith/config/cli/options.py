"""Options that several commands share."""

import os
from pathlib import Path
from typing import Annotated

import typer

Host = Annotated[str, typer.Option(help="Address to listen on; other than loopback, demo sign-in asks for passwords.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
Home = Annotated[Path | None, typer.Option(help="Data folder (else KITH_HOME, else ./var in a checkout).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def use_home(home: Path | None) -> None:
    """Make `home` the data folder of this process and its children."""
    if home is not None:
        os.environ["KITH_HOME"] = str(home.expanduser().resolve())
