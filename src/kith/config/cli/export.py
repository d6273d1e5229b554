"""`kith export`: rows as a file, what a person may see and nothing else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from kith.config.cli.options import Home, use_home
from kith.config.cli.whom import one_person
from kith.config.ground import starting
from kith.kernel import clock
from kith.kernel.exports.actions import Progress as Told
from kith.kernel.exports.actions import export as pieces_of
from kith.kernel.exports.actions import find, format_of
from kith.kernel.exports.kinds import Asking
from kith.portal.exports.asking import keeps_looks, of_person

Kind = Annotated[str, typer.Argument(help="people, units, customers, products, prices, orders, suppliers, invoices, …")]
As = Annotated[str, typer.Option("--as", help="Only what this person may see: number, mailbox or public id.")]
FormatName = Annotated[str, typer.Option("--format", help="csv, xlsx or jsonl.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write to this file instead of standard output.")]


def export(kind: Kind, *, format_: FormatName = "csv", as_: As = "", out: Out = None, home: Home = None) -> None:
    """Export rows: formulas are made harmless, an import gives the original text back. Without --as: everything."""
    use_home(home)
    found, written = find(kind), format_of(format_)
    with starting.current_database(), _bar() as told:
        at = clock.now()
        asking = of_person(one_person(as_), at=at) if as_ else Asking(None, frozenset(), at, {})
        seen = keeps_looks(asking, by_id=asking.person_id)
        pieces = pieces_of(kind=found, asking=asking, as_=written, seen=seen, progress=told)
        if out is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            return
        draft = out.with_name(out.name + ".partial")
        try:
            with draft.open("wb") as file:
                file.writelines(pieces)
            draft.replace(out)
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def _bar() -> Iterator[Told | None]:
    """Show how many rows so far, on a terminal; yield the function that is told."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} rows"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("writing", total=None)
        yield lambda rows: shown.update(task, completed=rows)
