"""`kith work`: background work only."""

from typing import Annotated

import typer

from kith.config.ground import supervisor


def work(*, queues: Annotated[str, typer.Option(help="Queues by commas; none means all of them.")] = "") -> None:
    """Run one worker process only, for several machines against one database."""
    raise typer.Exit(supervisor.work(queues=queues))
