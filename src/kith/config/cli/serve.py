"""`kith serve`: web processes only."""

from typing import Annotated

import typer

from kith.config.cli.options import Host, Port
from kith.config.ground import supervisor


def serve(
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=0, max=256, help="Web processes (0: one per core, two at most).")] = 0,
) -> None:
    """Run web processes only, for several machines against one database."""
    raise typer.Exit(supervisor.serve(supervisor.Wanted(host=host, port=port, web_processes=workers)))
