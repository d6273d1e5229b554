"""`kith up`: everything in one process tree."""

from typing import Annotated

import typer

from kith.config.cli.options import Home, Host, Port, use_home
from kith.config.ground import supervisor


def up(
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    empty: Annotated[bool, typer.Option("--empty", help="Begin with no demo organization.")] = False,
    people: Annotated[int, typer.Option(min=20, max=1_000_000, help="Size of the demo organization.")] = 300,
    home: Home = None,
) -> None:
    """Start everything: database, migrations, the demo on a new home, web server and worker; Ctrl-C stops it."""
    use_home(home)
    raise typer.Exit(supervisor.up(supervisor.Wanted(host=host, port=port, empty=empty, people=people)))
