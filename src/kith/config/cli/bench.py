"""`kith bench`: how fast Kith is, each row against its limit in the same run."""

import json
import signal
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kith.config.benches.catalogue import BENCHES, IF_NAMED
from kith.config.benches.measuring import Row
from kith.config.benches.place import bench_database, fill
from kith.config.cli.options import AsJson
from kith.config.ground import starting

Names = Annotated[list[str] | None, typer.Argument(help=f"Which rows: {', '.join(BENCHES)} (all but {IF_NAMED}).")]
People = Annotated[int, typer.Option("--n", min=100, max=1_000_000, help="How many people.")]


def bench(names: Names = None, *, n: People = 20_000, as_json: AsJson = False) -> None:
    """Measure in a database of its own, made and dropped by this command."""
    chosen = names or [name for name in BENCHES if name != IF_NAMED]
    if unknown := [name for name in chosen if name not in BENCHES]:
        raise typer.BadParameter(f"There is no row called {unknown[0]}; there are {', '.join(BENCHES)}.")
    rows: list[Row] = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that database, home and processes go with us
    with starting.database(), bench_database():
        fill(people=n)
        for name in chosen:
            rows.append(BENCHES[name](n))
            if as_json:
                print(json.dumps(rows[-1].as_json()), flush=True)
    if not as_json:
        _print(rows)


def _print(rows: list[Row]) -> None:
    console = Console()
    table = Table("row", "n", "unit", "limit", "ours", "ratio", "goal", "holds", "exponent", "peak MB")
    for row in rows:
        table.add_row(
            row.name, f"{row.n:,}", row.unit, f"{row.limit:.5g}", f"{row.ours:.5g}", f"{row.ratio:.2f}",
            f"{row.goal:g}", "yes" if row.holds else "NO", "" if row.exponent is None else f"{row.exponent:.2f}",
            f"{row.peak_mb:.0f}",
        )  # fmt: skip
    console.print(table)
    for row in rows:
        if row.beside:
            console.print(f"{row.name}: {', '.join(str(each) for each in row.beside)}", soft_wrap=True)
    missing = [sentence for row in rows for sentence in row.missing()]
    console.print("Every goal is reached." if not missing else "\n".join(["Goals that are missed:", *missing]))
