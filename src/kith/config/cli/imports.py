"""`kith import`: files of any dialect become rows; every bad one is explained."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from kith.config.cli.options import AsJson, Home, use_home
from kith.config.ground import starting
from kith.kernel import clock
from kith.kernel.imports.actions import Progress as Told
from kith.kernel.imports.actions import Report, run_import
from kith.kernel.imports.mapping import Mapping, MappingError, read_mapping
from kith.kernel.imports.rejects import rejects_csv

SHIPPED = Path(__file__).resolve().parents[1] / "mappings"
_SHOWN = 10  # faults that are printed where no file takes them

Kind = Annotated[str, typer.Argument(help="What the rows are: people, units, products, prices, customers, …")]
File = Annotated[Path, typer.Argument(help="CSV, XLSX, JSON Lines or Parquet; a folder, where a mapping says so.")]
MappingName = Annotated[str, typer.Option("--mapping", help="A mapping file, or the name of one that ships with Kith.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Do everything, say what came of it, and take it back.")]
Rejects = Annotated[Path | None, typer.Option("--rejects", help="Write every rejected row to this CSV file.")]


def import_(
    kind: Kind,
    file: File,
    *,
    mapping: MappingName = "",
    dry_run: DryRun = False,
    rejects: Rejects = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Import rows: good ones are kept, each bad one is explained; the same file again changes nothing."""
    use_home(home)
    chosen = find_mapping(mapping) if mapping else None
    with starting.current_database(), _bar(hidden=as_json) as told:
        report = run_import(
            kind=kind, source=file, mapping=chosen, dry_run=dry_run, at=clock.now(), by_id=None, progress=told
        )
    if rejects is not None:
        rejects.write_bytes(rejects_csv(report.rejects))
    print(json.dumps(as_object(report), ensure_ascii=False) if as_json else in_words(report, rejects=rejects))


def find_mapping(name: str) -> Mapping:
    """Return the mapping in the file `name`, else the one of that name that ships with Kith."""
    path = Path(name)
    if path.suffix == ".toml" or path.exists():
        return read_mapping(path)
    shipped = SHIPPED / f"{path.name}.toml"
    if path.name != name or not shipped.is_file():
        known = ", ".join(sorted(found.stem for found in SHIPPED.glob("*.toml")))
        raise MappingError(
            _("There is no mapping “%(name)s”; %(known)s come with Kith.") % {"name": name, "known": known}
        )
    return read_mapping(shipped)


def as_object(report: Report) -> dict[str, object]:
    """Return a report as JSON for programs has it."""
    return {
        "kind": report.kind, "dry_run": report.dry_run, "created": report.created, "updated": report.updated,
        "unchanged": report.unchanged, "rejected": report.rejected, "ignored_columns": list(report.ignored),
        "batch": str(report.batch.public_id) if report.batch else None,
        "rejects": [asdict(reject) for reject in report.rejects],
    }  # fmt: skip


def in_words(report: Report, *, rejects: Path | None) -> str:
    """Return a report as a person reads it; faults are listed where no file takes them."""
    counts = f"{report.created} new, {report.updated} changed, {report.unchanged} as before, {report.rejected} rejected"
    lines = [f"{report.kind}: {counts}."]
    if report.ignored:
        lines.append(f"Columns that are no field: {', '.join(report.ignored)}.")
    if rejects is not None and report.rejected:
        lines.append(f"What was rejected stands in {rejects}.")
    elif rejects is None:
        for reject in report.rejects[:_SHOWN]:
            what = f"{reject.field} “{reject.value}” {reject.reason}" if reject.field else reject.reason
            lines.append(f"  {reject.source}, line {reject.line}: {what}")
        if len(report.rejects) > _SHOWN:
            lines.append(f"  … and {len(report.rejects) - _SHOWN} more; --rejects writes them all to a file.")
    if report.dry_run:
        lines.append("Nothing was changed: this was a dry run.")
    return "\n".join(lines)


@contextmanager
def _bar(*, hidden: bool) -> Iterator[Told | None]:
    """Show how far the import is, on a terminal; yield the function that is told."""
    if hidden or not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} rows"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("reading", total=None)

        def told(stage: str, rows: int) -> None:
            if stage == "read":
                shown.update(task, completed=rows)
            else:
                shown.update(task, description="taking over")

        yield told
